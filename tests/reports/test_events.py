"""What makes a mention an incident, and of which of ACLED's sub-types: families of wording in French and English."""

from datetime import date

import pytest
from tests.reports.conftest import FewPlaces

from incidentmap.model import PartialDate, Reading, Report
from incidentmap.reports import read_report
from incidentmap.reports.lexicon import LANGUAGES, kinds, lexicon

DAY = PartialDate.day(date(2023, 11, 25))
FINDER = FewPlaces()

KINDS = {
    "Armed clash": (
        "Jeudi, une colonne du JNIM s'est battue deux heures durant contre l'armée à Gao.",
        "Une patrouille de gendarmes est tombée dans un guet-apens jeudi près de Gao.",
        "À Gao, jeudi, soldats et rebelles ont échangé des coups de feu.",
        "Jeudi, le camp militaire de Gao a été la cible de tirs nourris.",
        "Jeudi à Gao, des militaires ont essuyé des rafales d'armes automatiques.",
        "Le poste de police de Gao a été attaqué jeudi par des hommes armés.",
        "Troops and insurgents traded fire in Gao on Thursday.",
        "An army patrol drove into an ambush near Gao on Thursday.",
        "Soldiers came under fire in Gao on Thursday.",
        "Rebels and the army fought a pitched battle in Gao on Thursday.",
        "Gunmen stormed an army post in Gao on Thursday.",
    ),
    "Government regains territory": (
        "Jeudi, l'armée malienne a repris Gao aux rebelles.",
        "L'armée malienne a chassé les jihadistes de Gao jeudi et repris le contrôle de la ville.",
        "Jeudi, les FAMa ont reconquis Gao.",
        "The Malian army recaptured Gao on Thursday.",
        "The Malian army retook the town of Gao on Thursday.",
        "On Thursday, the Malian army drove the rebels out of Gao.",
    ),
    "Non-state actor overtakes territory": (
        "Jeudi, le JNIM s'est emparé de la ville de Gao.",
        "La ville de Gao est tombée jeudi aux mains des rebelles.",
        "Jeudi, les combattants du JNIM ont pris Gao.",
        "JNIM fighters seized Gao on Thursday.",
        "On Thursday, Gao fell to the rebels.",
        "On Thursday the town of Gao changed hands after JNIM drove out the army.",
    ),
    "Air/drone strike": (
        "Jeudi, un drone a frappé un campement près de Gao.",
        "L'aviation a pilonné jeudi une base des rebelles à Gao.",
        "Des hélicoptères de l'armée ont mitraillé un marché à Gao jeudi.",
        "Army helicopters strafed a market in Gao on Thursday.",
        "An air raid hit a camp near Gao on Thursday.",
        "A drone dropped two bombs on a camp near Gao on Thursday.",
    ),
    "Shelling/artillery/missile attack": (
        "Jeudi, trois projectiles sont tombés sur le camp de Gao.",
        "Le camp de Gao a été visé jeudi par des tirs de mortier.",
        "Rockets landed near the airport of Gao on Thursday.",
        "Gao came under mortar fire on Thursday.",
        "Artillery pounded Gao on Thursday.",
    ),
    "Remote explosive/landmine/IED": (
        "Jeudi, un minibus a sauté sur une mine près de Gao.",
        "Près de Gao, jeudi, un camion a heurté un engin explosif improvisé.",
        "Une charge enfouie sous la piste a explosé jeudi au passage d'un convoi à Gao.",
        "Un véhicule a roulé sur un EEI jeudi à Gao.",
        "A lorry ran over a landmine near Gao on Thursday.",
        "A cart set off a buried device near Gao on Thursday.",
        "A vehicle was blown up by an IED in Gao on Thursday.",
    ),
    "Suicide bomb": (
        "Deux kamikazes ont actionné leur ceinture d'explosifs jeudi à Gao.",
        "Jeudi à Gao, un véhicule bourré d'explosifs conduit par un kamikaze a foncé sur le camp.",
        "A bomber blew himself up in Gao on Thursday.",
        "Two men detonated their explosive vests in Gao on Thursday.",
        "A truck packed with explosives was driven into the camp in Gao on Thursday by a suicide bomber.",
    ),
    "Grenade": (
        "Jeudi, des inconnus ont lancé une grenade sur un bar de Gao.",
        "Un jet de grenade a visé un maquis jeudi à Gao.",
        "Two hand grenades were hurled at a bar in Gao on Thursday.",
        "Unknown men lobbed a grenade into a shop in Gao on Thursday.",
    ),
    "Chemical weapon": (
        "Jeudi, un gaz toxique a été répandu sur un quartier de Gao lors d'un bombardement.",
        "Chlorine gas was dropped on Gao on Thursday.",
    ),
    "Attack": (
        "Jeudi à Gao, des hommes armés ont fait irruption au marché et tué quatre commerçants.",
        "Des assaillants s'en sont pris jeudi aux habitants de Gao.",
        "Jeudi, un imam a été égorgé à Gao.",
        "Des villageois ont été fusillés jeudi à Gao.",
        "Un berger a été roué de coups et tué par balles jeudi à Gao par des hommes armés.",
        "Gunmen shot dead a trader in Gao on Thursday.",
        "A teacher was stabbed to death in Gao on Thursday by unknown men.",
        "Traders were set upon by gunmen in Gao on Thursday.",
        "Jihadists slit the throats of three herders in Gao on Thursday.",
        "Armed men opened fire on worshippers in Gao on Thursday.",
    ),
    "Abduction/forced disappearance": (
        "Jeudi, des inconnus ont emmené deux infirmiers vers une destination inconnue à Gao.",
        "Trois enseignants ont été kidnappés jeudi à Gao.",
        "Des hommes armés ont intercepté un minibus jeudi près de Gao et pris en otage ses passagers.",
        "Gunmen took away two nurses in Gao on Thursday.",
        "Three teachers were taken hostage in Gao on Thursday.",
        "Armed men snatched a priest in Gao on Thursday.",
        "Jihadists seized four aid workers near Gao on Thursday.",
    ),
    "Sexual violence": (
        "Jeudi, deux femmes ont été violées par des hommes armés près de Gao.",
        "Des miliciens ont agressé sexuellement des déplacées jeudi à Gao.",
        "Militiamen gang-raped two women near Gao on Thursday.",
        "Girls were sexually assaulted by armed men in Gao on Thursday.",
    ),
    "Peaceful protest": (
        "Jeudi, des centaines de femmes ont manifesté à Gao contre la vie chère.",
        "Les enseignants ont observé un sit-in jeudi à Gao.",
        "Les jeunes de Gao sont descendus dans la rue jeudi pour réclamer de l'eau.",
        "Hundreds took to the streets of Gao on Thursday.",
        "Teachers staged a sit-in in Gao on Thursday.",
        "Women walked in silence through Gao on Thursday.",
    ),
    "Protest with intervention": (
        "La police a dispersé des manifestants jeudi à Gao.",
        "Jeudi à Gao, une marche a été dispersée à coups de gaz lacrymogène.",
        "Des manifestants ont été arrêtés par la police jeudi à Gao.",
        "Police broke up a rally in Gao on Thursday.",
        "Police arrested twelve protesters in Gao on Thursday.",
    ),
    "Excessive force against protesters": (
        "Les forces de l'ordre ont tiré à balles réelles sur les manifestants jeudi à Gao.",
        "Jeudi, l'armée a ouvert le feu sur des manifestants à Gao.",
        "Security forces shot at protesters in Gao on Thursday.",
        "Soldiers opened fire on demonstrators in Gao on Thursday.",
    ),
    "Violent demonstration": (
        "Jeudi à Gao, des jeunes ont brûlé des pneus et lancé des pierres sur la police.",
        "Une manifestation a dégénéré jeudi à Gao.",
        "Des émeutes ont éclaté jeudi à Gao.",
        "Demonstrators looted shops in Gao on Thursday.",
        "Rioters torched a party office in Gao on Thursday.",
        "Youths burned tyres and erected barricades in Gao on Thursday.",
    ),
    "Mob violence": (
        "Un voleur a été battu à mort par la foule jeudi à Gao.",
        "Jeudi, un homme accusé de vol a été lapidé par des riverains à Gao.",
        "An angry mob lynched a thief in Gao on Thursday.",
        "A man was stoned to death by villagers in Gao on Thursday.",
    ),
    "Arrests": (
        "Jeudi, la gendarmerie a interpellé cinq suspects à Gao.",
        "Un chef jihadiste a été appréhendé jeudi à Gao.",
        "Soldiers rounded up ten suspects in Gao on Thursday.",
        "A jihadist commander was apprehended in Gao on Thursday.",
    ),
    "Disrupted weapons use": (
        "Jeudi, l'armée a saisi deux mortiers et des munitions à Gao.",
        "Les démineurs ont neutralisé une bombe artisanale jeudi à Gao.",
        "Jeudi, un engin explosif improvisé a été découvert et détruit à Gao.",
        "The army found three rockets and 2,000 rounds in Gao on Thursday.",
        "Sappers defused an IED in Gao on Thursday.",
        "A weapons cache was uncovered in Gao on Thursday.",
    ),
    "Headquarters or base established": (
        "Jeudi, l'armée a ouvert une nouvelle base à Gao.",
        "L'armée a installé un poste avancé à Gao jeudi.",
        "The army opened a new base in Gao on Thursday.",
        "On Thursday the army built an outpost in Gao.",
    ),
    "Non-violent transfer of territory": (
        "Jeudi, l'armée a quitté la base de Gao.",
        "Le camp de Gao a été évacué jeudi par la Minusma.",
        "Les soldats se sont retirés de Gao jeudi sans combattre.",
        "The UN handed over its camp in Gao to the army on Thursday.",
        "The garrison abandoned the town of Gao on Thursday without a shot.",
    ),
    "Looting/property destruction": (
        "Jeudi, des inconnus ont incendié l'école de Gao.",
        "Des hommes armés ont emporté des médicaments jeudi à Gao.",
        "Des pylônes ont été sabotés jeudi à Gao.",
        "Unknown men burned down the school of Gao on Thursday.",
        "Raiders stole cattle near Gao on Thursday.",
        "Armed men ransacked the clinic of Gao on Thursday.",
    ),
    "Agreement": (
        "Jeudi, les deux groupes ont signé un pacte à Gao.",
        "Un cessez-le-feu a été conclu jeudi à Gao entre les deux communautés.",
        "The two sides signed a truce in Gao on Thursday.",
        "A peace agreement was initialled in Gao on Thursday.",
    ),
    "Change to group/activity": (
        "Jeudi, l'armée a déployé des renforts à Gao.",
        "Une quarantaine de miliciens ont déposé les armes jeudi à Gao.",
        "The army sent reinforcements to Gao on Thursday.",
        "Some forty fighters laid down their weapons in Gao on Thursday.",
    ),
}
"""Sentences by the sub-type that they tell of. "Other" is not among them: no word tells of it."""


def read(text: str, published: PartialDate | None = DAY) -> Reading:
    language = "en" if {"on", "in", "the", "was", "were"} & set(text.lower().split()) else "fr"
    return read_report(Report("0" * 16, "", "", language, published, "", text, ""), FINDER, "mali")


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
def test_wordings_of_each_sub_type(kind: str, text: str) -> None:
    assert [one.sub_event_type for one in read(text).incidents] == [kind]


@pytest.mark.parametrize("text", [
    "Le lancement d'une attaque contre Gao est prévu samedi.",
    "Une attaque contre Gao n'est pas exclue par l'armée, qui craint un assaut.",
    "À Gao, jeudi, exercice d'évacuation : un faux attentat a été simulé.",
    "Gao commémore jeudi l'attaque de 2015.",
    "Jeudi, une minute de silence a été observée à Gao en hommage aux victimes de l'attentat.",
    "Aucune attaque n'a été signalée jeudi à Gao.",
    "Si Gao était attaquée, les renforts viendraient jeudi d'Ansongo.",
    "Les autorités de Gao ont démenti jeudi toute attaque.",
    "Le cheptel de Gao a été vacciné jeudi dans la lutte contre les attaques de parasites.",
    "À Gao, un mur s'est effondré jeudi : trois enfants ont été tués par l'effondrement.",
    "Les orpailleurs de la mine d'or de Gao ont été reçus jeudi par le maire.",
    "Le maire de Gao a été bombardé de questions jeudi.",
    "Personne ne s'est manifesté jeudi à Gao.",
    "L'arrêté préfectoral de Gao a été publié jeudi.",
    "An attack on Gao is planned for Saturday.",
    "Officials in Gao fear an attack on Thursday.",
    "A live-fire exercise was held in Gao on Thursday.",
    "Gao will commemorate the attack on Thursday.",
    "There was no fighting in Gao on Thursday.",
    "If Gao were attacked, reinforcements would come on Thursday.",
    "A trader in Gao died of a heart attack on Thursday.",
    "Officials in Gao denied on Thursday that there had been an attack.",
    "The gold mine of Gao was closed on Thursday.",
    "A wall collapsed in Gao on Thursday and three children were killed in the accident.",
])
def test_plans_drills_memories_and_chances_are_no_incidents(text: str) -> None:
    assert read(text).incidents == ()


@pytest.mark.parametrize(("text", "kinds"), [
    ("La veille de l'assaut, un camion a sauté sur une mine jeudi à Gao.", ["Remote explosive/landmine/IED"]),
    ("The day after the ambush, a lorry hit a mine in Gao on Thursday.", ["Remote explosive/landmine/IED"]),
    ("Au lendemain de l'embuscade de Gao, jeudi, la ville est calme.", ["Armed clash"]),
    ("Jeudi à Gao, l'armée a saisi des grenades et des roquettes.", ["Disrupted weapons use"]),
    ("A grenade was thrown at a bar in Gao on Thursday.", ["Grenade"]),
    ("On Thursday in Gao, troops seized grenades and rockets.", ["Disrupted weapons use"]),
    ("Des hélicoptères de l'armée ont attaqué un campement à Gao jeudi.", ["Air/drone strike"]),
    ("Jeudi à Gao, après l'attaque, un hélicoptère a évacué les blessés.", ["Armed clash"]),
    ("The camp of Gao came under artillery fire on Thursday.", ["Shelling/artillery/missile attack"]),
    ("La police de Gao a arrêté jeudi des participants à une manifestation.", ["Protest with intervention"]),
    ("Jeudi à Gao, des casseurs ont pillé des boutiques en marge d'une émeute.", ["Violent demonstration"]),
    ("Two herders were abducted in Gao on Thursday and three others killed.", ["Attack"]),
    ("Jeudi, des hommes armés ont brûlé le village de Gao et tué deux habitants.", ["Attack"]),
    ("JNIM fighters recaptured Gao on Thursday.", ["Non-state actor overtakes territory"]),
    ("Jeudi, le JNIM a repris Gao à l'armée.", ["Non-state actor overtakes territory"]),
    ("The Malian army captured Gao on Thursday.", ["Government regains territory"]),
    ("Jeudi, les voyageurs ont pris un car à Gao.", []),
    ("Jeudi, des hommes armés ont attaqué le camp de Gao. Des renforts ont été envoyés à Gao.", ["Armed clash"]),
    ("Gunmen attacked the army camp in Gao on Thursday. Reinforcements arrived in Gao.", ["Armed clash"]),
    ("Quatre mineurs ont été abattus par la police jeudi lors d'une grève à Gao.", ["Excessive force against protesters"]),
    ("Jeudi, les douaniers ont saisi vingt fusils d'assaut à Gao.", ["Disrupted weapons use"]),
    ("Customs officers seized 20 assault rifles in Gao on Thursday.", ["Disrupted weapons use"]),
    ("Les rebelles ont évacué Gao jeudi.", ["Non-violent transfer of territory"]),
    ("Gunmen attacked Gao on Thursday, hours after a mine exploded in Ansongo.",
     ["Armed clash", "Remote explosive/landmine/IED"]),
    ("Jeudi, une mine a explosé à Ansongo et un enseignant a été enlevé à Bourem.",
     ["Abduction/forced disappearance", "Remote explosive/landmine/IED"]),
])
def test_an_event_is_what_those_beside_it_make_it(text: str, kinds: list[str]) -> None:
    assert sorted(one.sub_event_type for one in read(text).incidents) == kinds


def test_kinds_name_kinds_and_have_words_in_every_language() -> None:
    rules = [pair for kind in kinds().values() for rule in (kind.beside, kind.led_by) for pair in rule.items()]
    named = {other for pair in rules for other in pair}
    named |= {kind.at_place for kind in kinds().values() if kind.at_place}
    assert named <= set(kinds())
    without_words = {kind for kind in kinds() if not all(lexicon(one).phrases("triggers", kind) for one in LANGUAGES)}
    assert without_words == {"deaths"}
