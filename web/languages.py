"""Languages by name: their codes of two and of three letters (ISO 639), in English."""

from __future__ import annotations

from types import MappingProxyType

_KNOWN = """
aa aar: Afar; ab abk: Abkhazian; ace: Acehnese; acm: Mesopotamian Arabic; ae ave:
Avestan; af afr: Afrikaans; ak aka: Akan; am amh: Amharic; an arg: Aragonese; apc:
Levantine Arabic; ar ara: Arabic; arc: Aramaic; arq: Algerian Arabic; ars: Najdi
Arabic; ary: Moroccan Arabic; arz: Egyptian Arabic; as asm: Assamese; ast: Asturian;
av ava: Avaric; awa: Awadhi; ay aym: Aymara; az aze: Azerbaijani; azb: South
Azerbaijani; ba bak: Bashkir; bal: Baluchi; ban: Balinese; bcl: Central Bikol; be bel:
Belarusian; bg bul: Bulgarian; bh bih: Bihari; bho: Bhojpuri; bi bis: Bislama; bjn:
Banjar; bm bam: Bambara; bn ben: Bengali; bo bod tib: Tibetan; br bre: Breton; bs bos:
Bosnian; ca cat: Catalan; ce che: Chechen; ceb: Cebuano; ch cha: Chamorro; chr:
Cherokee; ckb: Central Kurdish; cmn: Mandarin; cnr: Montenegrin; co cos: Corsican; cr
cre: Cree; crh: Crimean Tatar; cs ces cze: Czech; cu chu: Church Slavonic; cv chv:
Chuvash; cy cym wel: Welsh; da dan: Danish; de deu ger: German; doi: Dogri; dsb: Lower
Sorbian; dv div: Dhivehi; dz dzo: Dzongkha; ee ewe: Ewe; el ell gre: Greek; en eng:
English; eo epo: Esperanto; es spa: Spanish; et est: Estonian; eu eus baq: Basque;
ext: Extremaduran; fa fas per: Persian; ff ful: Fulah; fi fin: Finnish; fil: Filipino;
fj fij: Fijian; fo fao: Faroese; fr fra fre: French; fur: Friulian; fuv: Nigerian
Fulfulde; fy fry: Western Frisian; ga gle: Irish; gcf: Guadeloupean Creole; gcr:
Guianese Creole; gd gla: Scottish Gaelic; gl glg: Galician; gn grn: Guarani; gom: Goan
Konkani; grc: Ancient Greek; gsw: Swiss German; gu guj: Gujarati; gug: Paraguayan
Guarani; guw: Gun; gv glv: Manx; ha hau: Hausa; hak: Hakka Chinese; haw: Hawaiian;
hbo: Ancient Hebrew; he heb: Hebrew; hi hin: Hindi; hmn: Hmong; ho hmo: Hiri Motu; hr
hrv: Croatian; hsb: Upper Sorbian; ht hat: Haitian Creole; hu hun: Hungarian; hy hye
arm: Armenian; hz her: Herero; ia ina: Interlingua; id ind: Indonesian; ie ile:
Interlingue; ig ibo: Igbo; ii iii: Sichuan Yi; ik ipk: Inupiaq; ilo: Iloko; io ido:
Ido; is isl ice: Icelandic; it ita: Italian; iu iku: Inuktitut; ja jpn: Japanese; jv
jav: Javanese; ka kat geo: Georgian; kaa: Kara-Kalpak; kab: Kabyle; kac: Kachin; kg
kon: Kongo; ki kik: Kikuyu; kj kua: Kuanyama; kk kaz: Kazakh; kl kal: Greenlandic; km
khm: Khmer; kmr: Northern Kurdish; kn kan: Kannada; ko kor: Korean; kok: Konkani; kr
kau: Kanuri; krl: Karelian; ks kas: Kashmiri; ku kur: Kurdish; kv kom: Komi; kw cor:
Cornish; ky kir: Kyrgyz; la lat: Latin; lad: Ladino; lb ltz: Luxembourgish; lg lug:
Ganda; li lim: Limburgish; lij: Ligurian; ln lin: Lingala; lo lao: Lao; lt lit:
Lithuanian; ltg: Latgalian; lu lub: Luba-Katanga; lus: Mizo; lv lav: Latvian; mad:
Madurese; mag: Magahi; mai: Maithili; mg mlg: Malagasy; mh mah: Marshallese; mhr:
Eastern Mari; mi mri mao: Maori; min: Minangkabau; mk mkd mac: Macedonian; ml mal:
Malayalam; mn mon: Mongolian; mni: Manipuri; mnw: Mon; mos: Mossi; mr mar: Marathi; ms
msa may: Malay; mt mlt: Maltese; mul: Several languages; my mya bur: Burmese; myv:
Erzya; na nau: Nauru; nan: Min Nan Chinese; nb nob: Norwegian Bokmål; nd nde: North
Ndebele; nds: Low German; ne nep: Nepali; new: Newari; ng ndo: Ndonga; nl nld dut:
Dutch; nn nno: Norwegian Nynorsk; no nor: Norwegian; nr nbl: South Ndebele; nso:
Northern Sotho; nv nav: Navajo; ny nya: Chichewa; oc oci: Occitan; oj oji: Ojibwa; om
orm: Oromo; or ori: Odia; os oss: Ossetian; pa pan: Punjabi; pag: Pangasinan; pam:
Pampanga; pap: Papiamento; pcm: Nigerian Pidgin; pdc: Pennsylvania German; pi pli:
Pali; pl pol: Polish; pms: Piedmontese; pnb: Western Punjabi; prs: Dari; ps pus:
Pashto; pt por: Portuguese; qu que: Quechua; quc: K’iche’; raj: Rajasthani; rm roh:
Romansh; rn run: Rundi; ro ron rum: Romanian; rom: Romani; ru rus: Russian; rue:
Rusyn; rup: Aromanian; rw kin: Kinyarwanda; sa san: Sanskrit; sah: Yakut; sat:
Santali; sc srd: Sardinian; scn: Sicilian; sco: Scots; sd snd: Sindhi; sdh: Southern
Kurdish; se sme: Northern Sami; sg sag: Sango; sh: Serbo-Croatian; shn: Shan; si sin:
Sinhala; sk slk slo: Slovak; sl slv: Slovenian; sm smo: Samoan; sma: Southern Sami;
smn: Inari Sami; sms: Skolt Sami; sn sna: Shona; so som: Somali; sq sqi alb: Albanian;
sr srp: Serbian; ss ssw: Swati; st sot: Southern Sotho; su sun: Sundanese; sv swe:
Swedish; sw swa: Swahili; syr: Syriac; szl: Silesian; ta tam: Tamil; tcy: Tulu; te
tel: Telugu; tet: Tetum; tg tgk: Tajik; th tha: Thai; ti tir: Tigrinya; tk tuk:
Turkmen; tl tgl: Tagalog; tn tsn: Tswana; to ton: Tongan; tok: Toki Pona; tpi: Tok
Pisin; tr tur: Turkish; ts tso: Tsonga; tt tat: Tatar; tw twi: Twi; ty tah: Tahitian;
tyv: Tuvan; tzm: Central Atlas Tamazight; udm: Udmurt; ug uig: Uyghur; uk ukr:
Ukrainian; und: Undetermined; ur urd: Urdu; uz uzb: Uzbek; uzs: Southern Uzbek; ve
ven: Venda; vec: Venetian; vi vie: Vietnamese; vo vol: Volapük; vro: Võro; wa wln:
Walloon; war: Waray; wo wol: Wolof; wuu: Wu Chinese; xh xho: Xhosa; yi yid: Yiddish;
yo yor: Yoruba; yua: Yucateco; yue: Cantonese; za zha: Zhuang; zgh: Standard Moroccan
Tamazight; zh zho chi: Chinese; zu zul: Zulu; zxx: No language; zza: Zaza
"""

_rows = [row.split(": ") for row in " ".join(_KNOWN.split()).split("; ")]
NAMES = MappingProxyType(
    {code: name for codes, name in _rows for code in codes.split()}
)
