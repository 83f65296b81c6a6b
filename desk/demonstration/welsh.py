"""Concerns written in Welsh. Whole sentences without pronouns to fill in: grammar changes the words around them."""

WELSH = (
    "Rwy’n poeni am y person hwn. Mae wedi newid llawer ers yr haf ac wedi stopio gweld ffrindiau.",
    "Dywedodd disgybl arall wrthyf am hyn. Mae’r person hwn yn siarad am ymosodiadau ar ysgolion.",
    "Gwelais sticeri grŵp gwaharddedig ar y bag. Pan ofynnais pam, ni chefais ateb.",
    "Mae’r fam wedi dweud wrthym ei bod yn ofnus. Mae cyllell ar goll o’r gegin, ac mae’r drws ar glo drwy’r dydd.",
    "Clywais hyn yn y ganolfan ieuenctid nos Fawrth. Mae rhywun hŷn yn gofyn am ffafrau ac yn talu amdanynt.",
)
WELSH_NEEDS = (
    "Mae diagnosis o awtistiaeth, ac mae newidiadau yn anodd iawn.",
    "Mae’n aros am asesiad ADHD ers blwyddyn.",
    "Mae wedi cael triniaeth am iselder.",
)
WELSH_DONE = "Siaradais â’r arweinydd diogelu yr un diwrnod, a chytunwyd i anfon hyn."
