"""Ten origins of names: whose they are, and how those who write them differ.

A spelling system is a list of letters and what others write for them; none of it is read from what matches. Short forms
are those that people use, as far as they are known to whoever wrote this.
"""

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module

from benchmarks.matching.lists import names

Rules = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Origin:
    """Names of one origin. `rules`: letters and what others write for them. `shorts`: short forms, `whole=short`."""

    name: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    rules: Rules
    shorts: str = ""

    @cached_property
    def short_forms(self) -> dict[str, str]:
        """Whole name -> its short form."""
        return dict(each.split("=") for each in self.shorts.split())


def _rules(text: str) -> Rules:
    pairs = [tuple(each.split(">")) for each in text.split()]
    return tuple((pair[0], pair[1]) for pair in pairs)


def _of(locale: str, part: str) -> list[str]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    return sorted({name for name in getattr(provider, part) if len(name) > 2})


def _faker(*locales: str, more: tuple[str, ...] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    given = sorted({name for each in locales for name in _of(each, "first_names")})
    family = sorted({name for each in locales for name in _of(each, "last_names")} | set(more))
    return tuple(given), tuple(family)


_MUSLIM = "ee>i oo>u ou>u u>oo i>ee aa>a dd>d ss>s s>ss m>mm mm>m ai>ay ay>ai ei>ai iy>iyy w>u ie>i "

_cyrillic = tuple(
    tuple(name for name in _of("uk_UA", part) if name.isalpha()) for part in ("first_names", "last_names")
)


def _east() -> tuple[tuple[str, ...], tuple[str, ...]]:
    given, family = _faker("pl_PL", "ro_RO", "lt_LT", "sk_SK", "cs_CZ", more=names("polish family"))
    return given + _cyrillic[0], family + _cyrillic[1]


ORIGINS = (
    Origin(
        "arabic",
        names("arabic given"),
        names("arabic family"),
        _rules(
            _MUSLIM + "k>q q>k q>g al->el- al->Al al->al j>g dj>j kh>k gh>g h>hh a>e e>a sh>ch iyya>iya y>i dh>d th>t"
        ),
        "Mohammed=Mo Mustafa=Mus Abdulrahman=Abdul Abdullah=Abdu Khalid=Khal Nadia=Nadi Sumaya=Sumi Yousef=Joe",
    ),
    Origin(
        "urdu",
        *_faker("en_PK"),
        _rules(
            _MUSLIM + "q>k k>q v>w w>v z>j a>aa aa>a ah>a a>ah sh>s f>ph au>ou ur>oor eer>ir een>in id>eed aq>aque "
            "q>k k>q v>w w>v z>j a>aa aa>a ah>a a>ah sh>s f>ph au>ou ur>oor eer>ir een>in id>eed aq>aque"
        ),
        "Mohammad=Mo Mehwish=Mehi Faizan=Faizi Rayan=Ray Hamza=Hammy Huzaifa=Huzi",
    ),
    Origin(
        "bengali",
        names("bengali given"),
        names("bengali family"),
        _rules(
            _MUSLIM + "z>j j>z sh>s s>sh ah>a a>o o>a f>ph ur>oor q>k k>q ow>ou ow>au er>ar que>q ul>ool w>v b>v iy>y"
        ),
        "Shafiqul=Shafi Rafiqul=Rafi Kamrul=Kam Saiful=Saif Tariqul=Tariq Sharmin=Shami Taslima=Tas Habibur=Habib",
    ),
    Origin(
        "somali",
        names("somali given"),
        names("somali family"),
        _rules(
            "h>x H>X A>Ca I>Ci a>aa oo>o u>uu i>ii aa>a Kh>K kh>k o>u u>o dh>d sh>x q>k k>q s>z s>ss leh>le "
            "Y>I ou>u w>u"
        ),
        "Mohamed=Mo Abdirahman=Abdi Abdullahi=Abdi Abdifatah=Abdi Khadra=Khadi Mustaf=Mus Fowsiya=Fowsi Suleyman=Suley",
    ),
    Origin(
        "turkish",
        *_faker("tr_TR", more=names("turkish family")),
        _rules("ş>sh ç>ch ğ>gh ı>i ö>o ü>u ö>oe ü>ue c>j ş>s ç>c ğ>g ğ> I>I j>c v>w y>i tt>t t>d d>t ll>l"),
        "Abdurrahman=Apo Muhammet=Memo Fatma=Fatoş Mustafa=Mus İbrahim=İbo Süleyman=Süly Mehmet=Memo Ayşe=Ayş",
    ),
    Origin(
        "east_european",
        *_east(),
        _rules(
            "w>v sz>sh cz>ch ł>l ó>o ó>u ń>n ś>s ż>z ź>z ę>e ą>a rz>z rz>r ski>sky cki>tsky ck>tsk j>y y>i "
            "i>y č>c č>ch š>s š>sh"
            "ž>z ž>zh ă>a ț>t ș>s ţ>t ş>s î>i â>a ch>h h>ch x>ks ks>x á>a é>e í>i ý>y ř>r ě>e ov>ow ov>off "
            "ei>ey iu>yu ia>ya"
        ),
        "Jakub=Kuba Tomasz=Tomek Aleksandra=Ola Katarzyna=Kasia Michał=Michu Stanisław=Staszek Zuzana=Zuzka Josef=Pepa",
    ),
    Origin(
        "irish",
        *_faker("en_IE", "ga_IE"),
        _rules(
            "á>a é>e í>i ó>o ú>u O'>O Mac>Mc Mc>Mac bh>v mh>v gh> aigh>y ei>e ei>ie ie>ei ea>e ll>l nn>n "
            "ey>y y>ey ck>c c>k"
            "dh> ia>ea ao>ee oi>o ui>i gh>g th>t ae>e"
        ),
        "Patrick=Paddy Michael=Mick Margaret=Peg Bridget=Biddy Seamus=Shay Daniel=Dan Catherine=Cáit "
        "Brendan=Bren Thomas=Tom",
    ),
    Origin(
        "welsh",
        names("welsh given"),
        names("welsh family"),
        _rules(
            "ll>l Ll>L dd>d dd>th f>v ff>f w>u wy>wi y>i y>u ph>ff si>sh Si>Sh rh>r Rh>R nn>n n>nn ae>e "
            "au>o es>s s>es au>ei c>k C>K"
        ),
        "Llewelyn=Llew Gruffydd=Gruff Gwenllian=Gwenno Rhiannon=Rhi Myfanwy=Myf Gareth=Gaz Bethan=Beth "
        "Catrin=Cat Megan=Meg",
    ),
    Origin(
        "west_african",
        *_faker("yo_NG", "tw_GH", "ig_NG", "ha_NG"),
        _rules(
            "u>oo oo>u ou>u kw>kou kw>qu dw>j w>u sh>s s>sh ch>sh k>c gb>b ie>y ye>ie nn>n n>nn ng>n ah>a "
            "a>ah oh>o o>oh"
            "kp>p ny>gn e>eh ei>ey ey>ei ji>dji wu>u hy>hi dz>z"
        ),
        "Oluwadamilare=Dare Adebowale=Debo Abayomi=Yomi Chukwudi=Chudi Emmanuel=Emma Ifunanya=Ify "
        "Babajide=Jide Adedayo=Dayo",
    ),
    Origin(
        "english",
        *_faker("en_GB"),
        _rules(
            "ey>y y>ie ie>y ph>f f>ph ck>k c>k k>c th>t tt>t ll>l l>ll nn>n n>nn ss>s gh> ea>ee ee>ea ei>ie "
            "ie>ei ai>ay ay>ai"
            "son>sen man>mann s>z i>y er>ar or>er ar>er ou>o ow>ou wh>w ton>tin e>a ham>um"
        ),
        "David=Dave Christopher=Chris James=Jim Robert=Bob William=Bill Susan=Sue Rebecca=Becky "
        "Victoria=Vicky Daniel=Danny "
        "Elizabeth=Liz Margaret=Maggie Katherine=Kate Anthony=Tony Edward=Ted Richard=Rick Jennifer=Jen "
        "Michael=Mike Thomas=Tom "
        "Joseph=Joe Samuel=Sam Abigail=Abi Benjamin=Ben Matthew=Matt Andrew=Andy Deborah=Debbie "
        "Gregory=Greg Nicholas=Nick",
    ),
)
