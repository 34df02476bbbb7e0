//! The E-Onay: the first kind of consent, with texts that a service may take as they are or replace by its own.

use std::time::Duration;

use super::{ConsentText, Declaration, Document, Kind, Offer};
use crate::error::Result;

const TITLE: &str = "Elektronik Onay (E-Onay) Metni";

const TEXT: &str = "\
Nitelikli elektronik sertifika başvurularımı bundan sonra elektronik ortamda onaylamak istiyorum.

1. Bu onayı verdiğim tarihte yürürlükte olan başvuru formunu ve taahhütnameyi okudum; onay tarihindeki hâlleriyle kabul \
ediyorum.
2. Bu onay geçerli olduğu sürece sertifika başvurularım için ıslak imzalı belge göndermem gerekmeyecektir.
3. Yenileme başvurumda yeni sertifikam, mevcut sertifikamın süresinin bitmesine iki ay kala üretilecektir; daha erken \
yaptığım başvuru o tarihe kadar bekletilecektir.
4. Bu onayı dilediğim zaman geri alabilirim. Geri aldığımda başvurularımı yeniden ıslak imzalı belgeyle yapmam gerekir.

Bu metni okudum, anladım ve onaylıyorum.
";

const NOTICE_TITLE: &str = "E-Onayın Geri Alınması";

const NOTICE: &str = "\
Daha önce verdiğim Elektronik Onayı (E-Onay) geri alıyorum.

1. Geri alma, hizmet tarafından kabul edildiği anda hüküm doğurur; o ana kadar yapılmış işlemleri etkilemez.
2. Bundan sonraki sertifika başvurularım için ıslak imzalı başvuru formu ve taahhütname göndermem gerekecektir.
3. Bekletilen başvurularım iptal edilmez; ancak ıslak imzalı belgem ulaşmadan sertifika üretilmez.
";

impl Offer {
    /// The E-Onay, with the application form and the undertaking as they stand on the day of the consent.
    pub fn e_onay(documents: Vec<Document>) -> Result<Self> {
        Ok(Self {
            kind: Kind::e_onay(),
            texts: vec![ConsentText::new(TITLE, TEXT)?],
            documents,
            declarations: vec![Declaration {
                text: "Başvuru formunu ve taahhütnameyi okudum, kabul ediyorum.".into(),
                required: true,
            }],
            least_reading: Duration::ZERO,
            revocation_notice: ConsentText::new(NOTICE_TITLE, NOTICE)?,
            acknowledgement: "Başvurularımı yeniden ıslak imzalı belgeyle yapmam gerekeceğini biliyorum.".into(),
            applications_on_hold: "Bekletilen başvurular ıslak imzalı belge ulaşana kadar bekler.".into(),
        })
    }
}
