// OpenSSL as the peer: parses and verifies a CAdES signature as an application would, from its bytes.

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>

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
