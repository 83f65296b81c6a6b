"""Names of people who do not exist, put together by chance from given and family names of many origins.

Words between bars are spellings of one name: what officers meet when the same person is referred twice.
"""

from dataclasses import dataclass
from functools import cached_property

Spellings = tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """Names that go together. `weight`: how many of a hundred persons. `single`: share with one name only."""

    weight: int
    male: str
    female: str
    family: str
    single: float = 0.0

    def given(self, sex: str) -> tuple[Spellings, ...]:
        """Given names that suit; either kind for anybody whose sex is not one of the two."""
        return {"male": self._male, "female": self._female}.get(sex, self._male + self._female)

    @cached_property
    def families(self) -> tuple[Spellings, ...]:
        """Family names."""
        return _split(self.family)

    @cached_property
    def _male(self) -> tuple[Spellings, ...]:
        return _split(self.male)

    @cached_property
    def _female(self) -> tuple[Spellings, ...]:
        return _split(self.female)


def _split(names: str) -> tuple[Spellings, ...]:
    return tuple(tuple(name.strip().split("|")) for name in names.split(","))


ORIGINS = (
    Origin(
        44,
        "Jack, Oliver|Ollie, Harry|Harrison, Callum|Calum, Ethan, Daniel|Danny, Joshua|Josh, Nathan, Kieran|Keiran, "
        "Liam, Ryan, Thomas|Tom, Lewis|Louis, Jamie, Connor|Conor, Matthew|Mathew, "
        "Aaron|Arron, Jordan, Kyle, Sean|Shaun",
        "Emily, Chloe|Khloe, Megan|Meghan, Ellie, Lauren, Katie|Katy, Amy|Aimee, Sophie|Sofie, "
        "Holly, Jade, Abigail|Abbie",
        "Ashdown, Birtwhistle, Clegg, Dewhurst, Entwistle, Fairbrother, Garside, Haworth, Illingworth, Jagger, "
        "Kershaw, Lockwood, Mallinson, Naylor, Ogden, Pickersgill, Ramsbottom, Sutcliffe, Thackray, Uttley, "
        "Varley, Whitaker, Yardley, Smithson|Smythson, Philips|Phillips, Stephenson|Stevenson, Reed|Reid, "
        "Clarke|Clark, "
        "Holmes-Barker, Thompson|Thomson, Brookes|Brooks, Wainwright, Threlfall, Pennington",
    ),
    Origin(
        6,
        "Rhys, Siôn|Sion, Dafydd|Dafyd, Ieuan|Iwan, Owain|Owen, Gethin, Llŷr|Llyr, Tomos, Macsen, Emrys",
        "Siân|Sian, Cerys|Carys, Ffion, Lowri, Nerys, Angharad, Eleri, Non",
        "Llewelyn|Llewellyn, ap Rhys|Prys, Gruffydd|Griffith, Pritchard, Prydderch, Bowen, Cadwaladr|Cadwallader, "
        "Tŷ-Gwyn|Tygwyn, Meredydd|Meredith, Gwyn-Parry",
    ),
    Origin(
        6,
        "Ciarán|Ciaran, Oisín|Oisin, Eoin|Owen, Pádraig|Padraig, Declan, Seán|Sean, Cormac, Fionn|Finn",
        "Niamh|Neve, Aoife|Eefa, Siobhán|Siobhan, Róisín|Roisin, Gráinne|Grainne, Ciara",
        "O'Brien|O’Brien|OBrien, O'Shaughnessy|OShaughnessy, McGrath|MacGrath, Ó Súilleabháin|O'Sullivan, "
        "Mac Giolla|McGilla, Gallagher|Gallacher, Fitzgerald, D'Arcy|Darcy, Kavanagh|Cavanagh",
    ),
    Origin(
        10,
        "Mohammed|Muhammad|Mohamed|Mohammad, Hamza|Hamzah, Bilal, Usman|Uthman|Osman, Imran, Zain|Zayn, "
        "Faisal|Faysal, "
        "Saad, Hassan|Hasan, Adeel|Adil, Shahid, Tariq|Tarik",
        "Ayesha|Aisha|Aysha, Zainab|Zaynab, Mariam|Maryam, Hira, Sana, Noor|Nur, Iqra",
        "Hussain|Hussein|Husain, Akhtar|Akhter, Malik|Malick, Qureshi|Koreshi, Chaudhry|Choudhry|Chowdhary, Mirza, "
        "Baig|Beg, Rafiq|Rafique, Mahmood|Mehmood, Bhatti, Sheikh|Shaikh, Abbasi",
        single=0.02,
    ),
    Origin(
        5,
        "Rahim|Raheem, Shafiq|Shafique, Tanvir|Tanveer, Rezaul|Rejaul, Nazmul, Jubayer|Zubair, Sabbir|Shabbir",
        "Farzana|Farjana, Nasrin|Nasreen, Tahmina, Rukshana|Roksana, Sultana",
        "Miah|Mia, Uddin|Udin, Begum, Choudhury|Chowdhury, Islam, Talukdar|Talukder, Rahman|Rehman, Khatun|Khatoon",
        single=0.05,
    ),
    Origin(
        6,
        "Abdi|Cabdi, Abdirahman|Cabdiraxmaan|Abdurahman, Ismail|Ismaaciil, Liban|Liibaan, Guled|Guuleed, "
        "Yusuf|Yuusuf|Yousef, Ayanle|Ayaanle, Mahad|Maxad",
        "Hodan|Hoodan, Ifrah|Ifraax, Sahra|Saxra, Ayaan|Ayan, Fadumo|Faadumo|Fatuma, Hibo",
        "Warsame|Warsama, Farah|Faarax, Jama|Jaamac, Nur|Nuur, Abdullahi|Cabdullaahi, Hirsi|Xirsi, Dualeh|Ducaale, "
        "Ali Omar|Cali Cumar, Roble|Rooble",
        single=0.03,
    ),
    Origin(
        6,
        "Yousef|Yusuf|Youssef|يوسف, Omar|Umar|عمر, Khaled|Khalid|خالد, Kareem|Karim|كريم, Samir|Sameer|سمير, "
        "Ziad|Ziyad|زياد, Abdulrahman|Abd al-Rahman|عبد الرحمن, Mustafa|Mostafa|مصطفى",
        "Layla|Leila|ليلى, Nour|Noor|نور, Rania|Raniya|رانيا, Huda|Hoda|هدى, Salma|سلمى",
        "al-Hakim|Alhakim|Al Hakeem|الحكيم, Haddad|Hadad|حداد, Mansour|Mansoor|منصور, Nasser|Nasir|ناصر, "
        "Al-Sayed|Elsayed|السيد, Darwish|Darweesh|درويش, Khoury|Khouri|خوري, Saleh|Salih|صالح",
        single=0.04,
    ),
    Origin(
        3,
        "Emre, Çağan|Cagan, Oğuz|Oguz, İlker|Ilker, Murat, Barış|Baris, Tunç|Tunc",
        "Elif, Zeynep, Gülşen|Gulsen, Ayşe|Ayse, Büşra|Busra",
        "Yıldız|Yildiz, Öztürk|Ozturk, Çelik|Celik, Şahin|Sahin, Kılıç|Kilic, Doğan|Dogan",
    ),
    Origin(
        8,
        "Łukasz|Lukasz, Jakub|Kuba, Mateusz|Matteusz, Paweł|Pawel, Andrei|Andrej, Ștefan|Stefan, Tomáš|Tomas, "
        "Vasyl|Vasil, Kristaps, Domantas",
        "Zofia|Sofia, Małgorzata|Malgorzata, Agnieszka, Ioana|Joana, Oksana|Oxana, Rūta|Ruta",
        "Wiśniewski|Wisniewski, Wójcik|Wojcik, Nowak-Zając|Nowak-Zajac, Ionescu|Jonescu, Țurcanu|Turcanu, "
        "Dvořák|Dvorak, Kovalenko|Kowalenko, Bērziņš|Berzins, Kazlauskas, Hrytsenko|Gritsenko",
    ),
    Origin(
        6,
        "Kwame|Kwamé, Kofi, Oluwaseun|Seun, Chukwuemeka|Emeka, Tunde|Túndé, Mamadou|Mamadu, Ousmane|Usman, Ifeanyi",
        "Ama, Adjoa|Adwoa, Ngozi, Folasade|Sade, Aminata|Aminatta, Yetunde",
        "Mensah, Owusu-Ansah, Adeyemi|Adeyemí, Okonkwo|Okwonko, Nwachukwu|Nwachuku, Diallo|Jallow, Traoré|Traore, "
        "Boateng|Boateg, Olúwaṣeun|Oluwaseun, Asante",
        single=0.01,
    ),
)  # fmt: skip

# Names used online or by friends, for the box "other names or spellings".
NICKNAMES = (
    "known as Ghost online", "friends say Taz", "nightowl_77 in games", "goes by Jay", "known as Bear",
    "plays as quietstorm", "called Zee at home", "used the name Alex Grey last year", "known as Midge",
)  # fmt: skip
