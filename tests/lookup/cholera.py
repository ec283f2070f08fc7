"""An invented outbreak told by three outlets, to ask about."""

from __future__ import annotations

from datetime import datetime

from store.facts.model import Story

FIRST = Story(
    text=(
        "KAROBE, Oct 4 (Savanna News) - Nine people have died of cholera in the lakeside district of Umbeli, Health "
        "Minister Josephine Mbatha said on Sunday, and 212 are being treated in tents beside the district hospital.\n\n"
        '"The water of the lake must not be drunk," Ms Mbatha told reporters in Karobe. She said the country could '
        "vaccinate 500,000 people by the end of the month.\n\n"
        "The fishing company Norlake denied that its plant had polluted the shore. The plant employs 1,400 people, "
        "half of them from Umbeli.\n\n"
        "Neighbouring Tenda will send two field hospitals, its foreign ministry said."
    ),
    title="Cholera kills nine on the shore of Lake Umbeli",
    outlet="Savanna News",
    url="https://savanna.example/cholera-1",
    published_at=datetime.fromisoformat("2026-10-04T18:00:00+02:00"),
)
SECOND = Story(
    text=(
        "The number of cholera deaths in Umbeli has risen to 17, the aid group Clear Wells said on Wednesday.\n\n"
        "Clear Wells counted 390 patients in the tents and 60 more in schools.\n\n"
        'Dr Samuel Oduya, who runs the district hospital, said drips would last for four days. "We wash our hands in '
        'bleach, there is no soap," he said.'
    ),
    title="Deaths rise as drips run short",
    outlet="The Lake Courier",
    url="https://lakecourier.example/drips",
    published_at=datetime.fromisoformat("2026-10-07T09:00:00+02:00"),
)
THIRD = Story(
    text=(
        "KAROBE, Oct 10 (Savanna News) - Health Minister Josephine Mbatha on Saturday withdrew her promise to "
        "vaccinate half a million people this month, saying that only 80,000 doses had been delivered.\n\n"
        "Twenty-three people have now died of cholera in Umbeli, the health ministry said.\n\n"
        "Schools in the district have been closed since Thursday. The market at Port Sael stays open."
    ),
    title="Minister withdraws vaccine promise",
    outlet="Savanna News",
    url="https://savanna.example/cholera-2",
    published_at=datetime.fromisoformat("2026-10-10T16:00:00+02:00"),
)
STORIES = (FIRST, SECOND, THIRD)
