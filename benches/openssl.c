// OpenSSL as the peer: parses and verifies a CAdES signature as an application would, from its bytes.

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// Parses a ContentInfo: 1 when it is one.
int peer_parse(const unsigned char *signature, long length) {
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &signature, length);
    CMS_ContentInfo_free(cms);
    return cms != NULL;
}

// Parses and verifies content digest and signature. No chain is built, and so no signing-certificate attribute looked at:
// OpenSSL checks that one only together with a chain.
int peer_verify_without_chain(const unsigned char *signature, long length) {
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &signature, length);
    if (cms == NULL) {
        return 0;
    }
    BIO *out = BIO_new(BIO_s_null());
    int verified = CMS_verify(cms, NULL, NULL, NULL, out, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY);
    BIO_free(out);
    CMS_ContentInfo_free(cms);
    return verified == 1;
}

// What OpenSSL judges a chain by: a store with certificates, of which the self-signed ones end a path, and CRLs.
X509_STORE *peer_trust_new(long time) {
    X509_STORE *store = X509_STORE_new();
    X509_VERIFY_PARAM *rules = X509_STORE_get0_param(store);
    X509_VERIFY_PARAM_set_time(rules, time);
    X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_ANY);
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    return store;
}

// 1 when the certificate was read and added.
int peer_trust_add_certificate(X509_STORE *store, const unsigned char *der, long length) {
    X509 *certificate = d2i_X509(NULL, &der, length);
    int added = certificate != NULL && X509_STORE_add_cert(store, certificate);
    X509_free(certificate);
    return added;
}

// 1 when the CRL was read and added.
int peer_trust_add_crl(X509_STORE *store, const unsigned char *der, long length) {
    X509_CRL *crl = d2i_X509_CRL(NULL, &der, length);
    int added = crl != NULL && X509_STORE_add_crl(store, crl);
    X509_CRL_free(crl);
    return added;
}

// Parses and verifies: content digest, signature, chain, and CRLs for all of it.
int peer_trust_verify(X509_STORE *store, const unsigned char *signature, long length) {
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &signature, length);
    if (cms == NULL) {
        return 0;
    }
    BIO *out = BIO_new(BIO_s_null());
    int verified = CMS_verify(cms, NULL, store, NULL, out, CMS_BINARY);
    BIO_free(out);
    CMS_ContentInfo_free(cms);
    return verified == 1;
}

void peer_trust_free(X509_STORE *store) {
    X509_STORE_free(store);
}
