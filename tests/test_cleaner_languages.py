"""How chrome is worded in other languages than English, and what only sounds so."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from index.cleaner import refusals, translated, wording
from index.cleaner.clean import clean
from index.cleaner.languages import tables
from index.page import Form
from search.model import Kind
from tests.factories import raw

FILES = [
    file
    for file in files("index.cleaner.languages").iterdir()
    if file.name.endswith(".toml")
]
_WHOLE = {"labels", "comments", "counters", "ago", "rails"}
_OPENING = {"pointers", "newsletter", "paywall", "notices", "stamps", "biographies"}
_SET_OFF = {"leads", "credits", "bylines", "by", "home", "joining", "asks"}
_WORDS = {"mail", "membership", "said", "copyright", "captions", "months", "dates"}
MEANINGS = _WHOLE | _OPENING | _SET_OFF | _WORDS | {"absent", "walls"}

CHROME: dict[str, dict[str, str | None]] = {
    "de": {
        "Aktualisiert am 12. November 2026, 14:05 Uhr": "timestamp",
        "vor 3 Stunden": "timestamp",
        "Von Karin Molle und Jens Aal": "byline",
        "Von Karin Molle, Wismar": "byline",
        "Ein Bericht von Karin Molle": "byline",
        "Lesen Sie auch: Was die Fischer jetzt fordern": "read-more",
        "Lesen Sie hier das Interview mit der Hafenmeisterin.": "read-more",
        "Video: So sah der Hafen früher aus": "read-more",
        "Melden Sie sich jetzt für unseren Newsletter an.": "newsletter",
        "Abonnieren Sie den Rundbrief der Küstenzeitung!": "newsletter",
        "Sie haben bereits ein Abo? Hier anmelden": "paywall",
        "Testen Sie das Digitalabo einen Monat lang gratis.": "paywall",
        "Wir verwenden Cookies, um Inhalte zu messen.": "site-notice",
        "Foto: Karin Molle": "credit",
        "Die Mole am Dienstag. Foto: Karin Molle/dpa": "caption",
        "Die Mole im Winter (Archivbild)": "caption",
        "© 2026 Küstenzeitung. Alle Rechte vorbehalten.": "copyright",
        "Kommentare (12)": "comments",
        "Lesezeit: 3 Minuten": "counter",
        "Impressum | Datenschutz | AGB": "label",
        "Startseite > Lokales > Wismar": "breadcrumb",
        "Dieser Artikel erschien zuerst in der Küstenzeitung.": "section-stamp",
    },
    "fr": {
        "Publié le 12 novembre 2026 à 14h05": "timestamp",
        "Mis à jour le 12/11/2026 à 14:05": "timestamp",
        "Il y a 3 heures": "timestamp",
        "Par Claire Dumont, à Lorient": "byline",
        "Propos recueillis par Claire Dumont": "byline",
        "À LIRE AUSSI : Les pêcheurs demandent un quai": "read-more",
        "Lire aussi | Les pêcheurs demandent un quai": "read-more",
        "Suivez-nous sur WhatsApp": "read-more",
        "Inscrivez-vous gratuitement à la newsletter du Phare": "newsletter",
        "Cet article est réservé aux abonnés.": "paywall",
        "Il vous reste 72 % de cet article à lire.": "paywall",
        "Ce site utilise des cookies pour mesurer son audience.": "site-notice",
        "Crédit photo : Claire Dumont": "credit",
        "Le quai, mardi. Photo : Claire Dumont": "caption",
        "Tous droits réservés": "copyright",
        "12 commentaires": "comments",
        "Temps de lecture : 4 min": "counter",
    },
    "es": {
        "Actualizado a las 14:05 h": "timestamp",
        "12 de noviembre de 2026 - 14:05": "timestamp",
        "Por Clara Montes": "byline",
        "Lea también: Los pescadores piden un muelle": "read-more",
        "Te puede interesar: El faro cumple un siglo": "read-more",
        "Suscríbete a nuestro boletín": "newsletter",
        "Regístrese y reciba las noticias en su correo.": "newsletter",
        "¿Ya eres suscriptor? Inicia sesión": "paywall",
        "Utilizamos cookies propias y de terceros.": "site-notice",
        "Foto de archivo: Clara Montes": "credit",
        "Prohibida su reproducción total o parcial.": "copyright",
        "Hace 2 horas": "timestamp",
        "Deja un comentario": "comments",
        "Este artículo fue publicado originalmente en El Faro.": "section-stamp",
    },
    "it": {
        "Aggiornato il 12 novembre 2026 alle 14:05": "timestamp",
        "Di Carla Monti": "byline",
        "A cura di Carla Monti": "byline",
        "Leggi anche: I pescatori chiedono un molo": "read-more",
        "Iscriviti alla newsletter del Faro": "newsletter",
        "Questo articolo è riservato agli abbonati.": "paywall",
        "Questo sito utilizza cookie tecnici.": "site-notice",
        "© Riproduzione riservata": "copyright",
        "Il molo martedì (foto Monti)": "caption",
        "2 minuti di lettura": "counter",
    },
    "pt": {
        "Atualizado em 12/11/2026 14h05": "timestamp",
        "Publicado em 12 de novembro de 2026": "timestamp",
        "Por Clara Matos, de Aveiro": "byline",
        "Leia também: Pescadores pedem um cais": "read-more",
        "Assine a newsletter do Farol": "newsletter",
        "Conteúdo exclusivo para assinantes": "paywall",
        "Ao continuar a navegar, aceita a nossa política.": "site-notice",
        "Há 2 horas": "timestamp",
        "Todos os direitos reservados": "copyright",
        "Foto: Divulgação": "credit",
    },
    "nl": {
        "Laatst bijgewerkt op 12 november 2026 om 14:05": "timestamp",
        "3 uur geleden": "timestamp",
        "Door Klaar Molen": "byline",
        "Lees ook: Vissers willen een nieuwe kade": "read-more",
        "Tekst gaat verder onder de foto": "read-more",
        "Meld je aan voor onze nieuwsbrief": "newsletter",
        "Dit artikel is exclusief voor abonnees.": "paywall",
        "Deze website gebruikt cookies.": "site-notice",
        "Beeld: Klaar Molen": "credit",
        "Bekijk alle reacties": "comments",
    },
    "pl": {
        "Aktualizacja: 12.11.2026, godz. 14:05": "timestamp",
        "12 listopada 2026": "timestamp",
        "Autor: Klara Mostowa": "byline",
        "Czytaj też: Rybacy chcą nowego nabrzeża": "read-more",
        "Zapisz się na newsletter Latarni": "newsletter",
        "Artykuł dostępny tylko dla prenumeratorów": "paywall",
        "Ta strona używa plików cookie.": "site-notice",
        "Fot. Klara Mostowa": "credit",
        "Nabrzeże we wtorek (fot. Klara Mostowa)": "caption",
        "Fot.: Klara Mostowa": "credit",
        "Wszelkie prawa zastrzeżone": "copyright",
        "Dodaj komentarz": "comments",
    },
    "ru": {
        "Обновлено: 12 ноября 2026, 14:05": "timestamp",
        "12 ноября 2026 г. 14:05": "timestamp",
        "Автор: Клара Мостова": "byline",
        "Читайте также: Рыбаки просят новый причал": "read-more",
        "Подписывайтесь на наш телеграм-канал": "newsletter",
        "Материал доступен только по подписке": "paywall",
        "Мы используем файлы cookie.": "site-notice",
        "Фото: Клара Мостова": "credit",
        "Причал во вторник. Фото: Клара Мостова": "caption",
        "© 2026 Маяк. Все права защищены.": "copyright",
        "Комментарии (12)": "comments",
        "Поделиться": "label",
        "3 часа назад": "timestamp",
        "Время чтения: 3 минуты": "counter",
    },
    "uk": {
        "Оновлено 12 листопада 2026, 14:05": "timestamp",
        "Автор: Клара Мостова": "byline",
        "Читайте також: Рибалки просять новий причал": "read-more",
        "Підписуйтесь на наш телеграм-канал": "newsletter",
        "Ми використовуємо файли cookie.": "site-notice",
        "Усі права захищено": "copyright",
        "Фото: Клара Мостова": "credit",
    },
    "tr": {
        "Güncelleme: 12.11.2026 - 14:05": "timestamp",
        "12 Kasım 2026 Perşembe 14:05": "timestamp",
        "Haber: Kemal Taş": "byline",
        "İLGİNİZİ ÇEKEBİLİR: Balıkçılar rıhtım istiyor": "read-more",
        "Bültenimize abone olun": "newsletter",
        "Bu haber abonelere özeldir": "paywall",
        "Sitemizde çerezler kullanılmaktadır.": "site-notice",
        "Fotoğraf: Kemal Taş": "credit",
        "Tüm hakları saklıdır": "copyright",
        "PAYLAŞ": "label",
    },
    "ar": {
        "آخر تحديث: 12 نوفمبر 2026 - 14:05": "timestamp",
        "منذ 3 ساعات": "timestamp",
        "بقلم: كلارا منصور": "byline",
        "اقرأ أيضًا: الصيادون يطلبون رصيفا": "read-more",
        "اشترك في نشرتنا البريدية": "newsletter",
        "نستخدم ملفات تعريف الارتباط.": "site-notice",
        "تصوير: كلارا منصور": "credit",
        "جميع الحقوق محفوظة": "copyright",
        "التعليقات (12)": "comments",
    },
    "zh": {
        "2026年11月12日 14:05": "timestamp",
        "更新时间：2026-11-12 14:05": "timestamp",
        "记者：李海": "byline",
        "图片来源：李海": "credit",
        "未经授权不得转载": "copyright",
        "延伸阅读：渔民要求新码头": "read-more",
        "关注我们的微信公众号": "newsletter",
    },
    "ja": {
        "2026年11月12日 14時05分 更新": "timestamp",
        "関連記事": "label",
        "この記事は有料会員限定です": "paywall",
        "写真：海野太郎": "credit",
        "無断転載を禁じます": "copyright",
        "3時間前": "timestamp",
    },
}

OWN = {
    "de": (
        "Von Hamburg nach Kiel fährt kein Zug",
        "Von der Mole blieb nichts",
        "Lesen Sie gern? Die Bibliothek sucht Vorleser.",
        "Mehr dazu will die Stadt am Montag sagen.",
        "Melden Sie sich bei der Polizei, wenn Sie den Mann gesehen haben.",
        "Der Newsletter der Stadt erreichte 400 Leute, sagte die Sprecherin.",
        "Abonnieren Sie keinen Newsletter, den Sie nicht kennen, rät der Verein.",
        "Kommentare des Trainers gab es nicht",
        "Das Foto zeigt die Mole im Jahr 1910.",
        "Stand der Dinge im Hafen",
        "Im Video ist zu sehen, wie die Mole bricht.",
        "Am 12. November beginnt der Umbau",
        "Teilen will hier niemand",
        "Thema des Abends war die Mole.",
    ),
    "fr": (
        "Par amour du port",
        "Par la mer, le trajet dure deux heures",
        "À lire ce rapport, le quai tiendra dix ans.",
        "Il y a 3 heures de route jusqu'au port",
        "Photo à la main, il cherche son frère.",
        "Recevez-vous encore des lettres ? demande le facteur.",
        "En cliquant sur ce lien, les victimes ouvraient leur compte.",
        "L'auteur est toujours recherché.",
        "Le 12 novembre, le quai rouvre",
        "Les abonnés au gaz ont payé deux fois.",
    ),
    "es": (
        "Por amor al puerto",
        "Por la mañana llovió en Vigo",
        "Recibe un correo anónimo y avisa a la policía",
        "Sigue la búsqueda del pesquero",
        "Más de 300 personas esperan en el muelle",
        "Lee un libro a la semana, dijo la maestra.",
        "Si continúa la sequía, no habrá vino.",
        "Hace dos horas de cola cada día",
        "El autor es un pescador de 40 años",
    ),
    "it": (
        "Di Maio attacca il governo",
        "Di notte il porto dorme",
        "Scarica la colpa sul sindaco",
        "Entra in vigore la nuova tassa",
        "L'autore è stato fermato",
        "Foto e ricordi di un molo",
        "Ricevi meno pioggia al Sud che al Nord, dice lo studioso.",
    ),
    "pt": (
        "Por amor ao cais",
        "Entre o Facebook e o jornal, escolhe o jornal",
        "Há 3 anos o cais caiu",
        "Leia os lábios, disse o treinador.",
        "Receba quem receber, o cais fica.",
    ),
    "nl": (
        "Door de storm ligt de kade stil",
        "Lees de brief hardop, zei de rechter.",
        "Word wakker, riep de schipper.",
        "Over de auteur van de brief is niets bekend.",
        "Deel van de kade stort in",
    ),
    "pl": (
        "Autor listu nie żyje",
        "Zobacz, jak płonie las, napisał świadek.",
        "Czytaj powoli, radzi nauczycielka.",
        "Tekst ustawy trafi do Senatu",
        "Kup bilet albo idź pieszo",
    ),
    "ru": (
        "Автор письма неизвестен",
        "Фото погибшего нашли в архиве",
        "Наш город остался без почты",
        "Каждое утро он проверяет почту.",
        "Читайте медленно, советует учительница.",
        "Нажимая на курок, он промахнулся.",
        "При использовании воды растёт счёт.",
        "Комментарии тренера были краткими",
    ),
    "uk": (
        "Автор листа невідомий",
        "Наш канал замулився, каже рибалка.",
        "Фото загиблого знайшли в архіві",
        "Читайте повільно, радить учителька.",
    ),
    "tr": (
        "Haber alınamayan tekne bulundu",
        "Okumak için Ankara'ya gitti.",
        "Kişisel verilerin satıldığı iddia edildi.",
        "Son gelen tekne karaya oturdu.",
        "İlk olarak liman kapatıldı.",
    ),
    "ar": (
        "كتب محمد علي رسالة إلى والدته",
        "سجل هدفا في الدقيقة الأخيرة",
        "انضم إلينا صياد من الشمال، قال العمدة.",
        "بالضغط على المدينة يأملون في اتفاق.",
        "صورة البحر لا تفارقه",
    ),
    "zh": (
        "记者在港口看到三艘渔船。",
        "图书馆周一重新开放",
        "关注港口安全的居民不少。",
    ),
    "ja": ("残り10分で港のチームが逆転した。", "写真を撮る人が港に集まった。"),
}


@pytest.mark.parametrize(
    ("text", "rule"),
    [line for lines in CHROME.values() for line in lines.items()],
)
def test_chrome_is_named_by_its_wording_in_every_language(
    text: str, rule: str | None
) -> None:
    assert wording.rule_of(text) == rule


@pytest.mark.parametrize("text", [text for texts in OWN.values() for text in texts])
def test_what_only_sounds_like_chrome_is_the_article_s_own(text: str) -> None:
    assert wording.rule_of(text) is None


@pytest.mark.parametrize("text", ["Mehr zum Thema", "ЧИТАЙТЕ ТАКЖЕ:", "関連記事"])
def test_headings_of_rails_are_known_in_every_language(text: str) -> None:
    assert wording.is_rail(text)


def test_what_begins_like_the_heading_of_a_rail_is_none() -> None:
    assert not wording.is_rail("Populäre Irrtümer über den Hafen")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_table_has_only_lists_that_are_read(file) -> None:
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    assert entries.keys() <= MEANINGS


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_table_is_written_in_small_letters(file) -> None:
    text = file.read_text(encoding="utf-8")
    lists = text.partition("\n")[2]
    assert lists == lists.lower()


def test_numbers_alone_are_in_no_table() -> None:
    assert "#" not in tables.tables().whole


def test_the_cost_of_a_long_text_is_that_of_its_opening() -> None:
    assert translated.rule_of("Von " + "a" * 100_000) is None


REFUSED: dict[str, Kind] = {
    "Seite nicht gefunden | Küstenzeitung": Kind.ERROR,
    "Fehler 404 - Seite nicht gefunden": Kind.ERROR,
    "Oups ! Page introuvable": Kind.ERROR,
    "Página no encontrada - El Faro": Kind.ERROR,
    "Страница не найдена": Kind.ERROR,
    "Sayfa bulunamadı": Kind.ERROR,
    "الصفحة غير موجودة": Kind.ERROR,
    "页面不存在": Kind.ERROR,
    "Bitte bestätigen Sie, dass Sie kein Roboter sind": Kind.WALL,
    "Vérifiez que vous êtes humain | Le Phare": Kind.WALL,
    "Подтвердите, что вы не робот": Kind.WALL,
}


@pytest.mark.parametrize(("name", "kind"), REFUSED.items())
def test_errors_and_walls_are_known_by_their_names(name: str, kind: Kind) -> None:
    assert refusals.in_full(name) is kind


@pytest.mark.parametrize(
    "name",
    [
        "Einen Moment, bitte: Das Kino sucht Ruhe",
        "Seite nicht gefunden: Museum vermisst ein Blatt",
        "Un momento de silencio en el puerto",
        "Votre vie privée, un roman",
    ],
)
def test_a_headline_that_sounds_like_a_wall_names_none(name: str) -> None:
    assert refusals.in_full(name) is None


def test_a_cookie_notice_alone_is_a_wall_in_any_language() -> None:
    page = (
        "<title>Ihre Privatsphäre ist uns wichtig</title><h1>Küstenzeitung</h1>"
        "<p>Mit Werbung weiterlesen wie gewohnt, oder werben lassen und zahlen.</p>"
    )
    assert clean(raw(page)).kind is Kind.WALL


def test_a_story_among_chrome_of_its_language_is_all_that_stays() -> None:
    story = (
        "Die Mole von Wismar ist am Dienstag gebrochen, wie die Hafenmeisterin sagte.",
        "Niemand wurde verletzt. Der Schaden ist nach ihren Worten nicht zu messen.",
        "Bis zum Frühjahr soll ein Damm aus Steinen die alten Häuser am Kai schützen.",
    )
    chrome = [text for text, rule in CHROME["de"].items() if rule]
    lines = [*chrome[:4], *story, *chrome[4:]]
    assert clean(raw("\n".join(lines), Form.TEXT)).text.split("\n\n") == [*story]
