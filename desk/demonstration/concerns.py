"""What referrers write, in parts: what was seen, by type of concern. All of it is made up.

`{he}`, `{him}`, `{his}`, `{He}`, `{His}` and `{was}` stand for the words that suit the person; a text that begins
with `child:` or `adult:` is for that age only.
"""

from desk.demonstration.shapes import Concern

# First what was seen or heard, then a second thing that goes with it.
SEEN: dict[Concern, tuple[str, ...]] = {
    Concern.NO_IDEOLOGY: (
        "{He} talked about past school attacks as something to admire, and knew dates and names.",
        "{He} drew detailed pictures of people being hurt and said that it would make everyone remember {him}.",
        "{He} told another person that one day {he} would make those who laughed at {him} sorry.",
        "{He} looked up mass killings on a shared computer, and closed the screen when someone came near.",
        "{He} kept a list of names in a notebook under the heading “when the time comes”.",
        "{He} asked how long the police take to come, and which doors stay open during the day.",
        "child: {He} watched clips of real violence again and again and showed them to younger ones.",
        "{He} said that {he} did not care about any cause, {he} only wanted people to be afraid.",
    ),
    Concern.SUSCEPTIBLE: (
        "{He} spent most nights in an online group run by adults whom {he} has never met.",
        "{He} repeated whatever the last person said, and has joined three different groups since the summer.",
        "{He} said that {he} finally found people with respect for {him}, who ask {him} to keep secrets.",
        "{He} {was} sent money by somebody from a game, who also told {him} whom to be angry with.",
        "{He} has begun to talk about being part of “something big”, without being able to say what it is.",
        "child: {He} did anything that an older group outside the shops asked, and carried parcels for them.",
        "{He} asked several people which side {he} should be on, and seemed afraid of giving the wrong answer.",
    ),
    Concern.RIGHT_WING: (
        "{He} put up stickers of a banned group in the toilets and said that “they” were replacing us.",
        "{He} wrote number codes used by neo-Nazi groups on {his} bag and explained proudly what they mean.",
        "adult: {He} would not be served by “foreigners” and said that there would soon be a reckoning.",
        "{He} shared a video that praised an attack on a mosque and called the attacker a saint.",
        "{He} trained in the woods with men from a group that wants a country for white people only.",
        "{He} shouted slurs at a family outside the hotel for asylum seekers, and came back with others.",
        "{He} collected flags and daggers of the 1930s, and has written a text about “defending our blood”.",
    ),
    Concern.ISLAMIST: (
        "{He} said that people of other faiths deserve what comes to them, and that voting is forbidden.",
        "child: {He} played a song of a banned group on {his} phone and said that those who died for it were heroes.",
        "{He} asked how people used to travel to Syria, and whether it can still be done.",
        "{He} told {his} sister that she must stop seeing friends who are not Muslim, and broke her phone.",
        "{He} followed a preacher who is banned here, and stopped going to the mosque that {he} grew up in.",
        "{He} forwarded a picture of the black flag with a date next month and the words “soon, if God wills”.",
    ),
    Concern.MULTIPLE: (
        "{He} had pictures of attackers with opposite beliefs on one wall, and said that they all understood.",
        "{He} moved from far-right forums to an Islamist channel within weeks, and kept using both.",
        "{He} mixed the end of the world, hatred of women and hatred of the government in one letter.",
        "{He} wrote a text that borrows from several extremist writings that contradict each other.",
        "{He} admired a school attacker, a Nazi and a foreign armed group, and called the cause a detail.",
    ),
    Concern.OTHER: (
        "{He} said that women are the reason for everything that is wrong, and “will pay for it”.",
        "adult: {He} posted the home addresses of two laboratory workers, with threats of fire.",
        "{He} called for attacks on police stations, and shared drawings of things that burn.",
        "{He} believed that phone masts are weapons, and talked of damaging the one beside the nursery.",
        "adult: {He} wrote eleven times in a week that politicians “should be dealt with”.",
        "adult: {He} spoke of joining a foreign separatist group, and has been collecting money for it.",
    ),
}  # fmt: skip

DETAILS: dict[Concern, tuple[str, ...]] = {
    Concern.NO_IDEOLOGY: (
        "When asked why, {he} said that nothing matters and that people are “not real”.",
        "{His} search history had knives, body armour and the names of two attackers.",
        "Others have started to keep away from {him} because they are frightened.",
        "{He} had a kitchen knife in {his} bag last month and said that it was for self-defence.",
        "{He} said that {he} had picked a date, then that it had been a joke.",
    ),
    Concern.SUSCEPTIBLE: (
        "{He} deleted every message when I asked, and said that {he} would get into trouble.",
        "I do not think that {he} believes in anything yet. I worry about who gets to {him} first.",
        "child: {He} has a second phone that nobody in the family bought.",
        "{He} used words which {he} plainly did not understand, and got angry when asked what they meant.",
        "child: {He} {was} told to film {himself} doing dares, each one harder than the last.",
    ),
    Concern.RIGHT_WING: (
        "child: {He} said that the books here are lies and that the real history is being hidden from us.",
        "{He} {was} in a group chat of about forty people; some of what they posted calls for attacks on hotels.",
        "child: Two pupils of colour have told us that they no longer feel safe near {him}.",
        "child: {He} ordered a patch and a mask, which came to the house, and an older friend paid for them.",
        "{He} asked which parts of a gun can be printed at home.",
    ),
    Concern.ISLAMIST: (
        "child: {His} mother said that {he} does not eat with the family any more and calls them unbelievers.",
        "{He} used an app whose messages vanish, and has met “a brother” from it at the station.",
        "The imam has spoken to {him} twice, and {he} called him a hypocrite in front of others.",
        "{He} told friends goodbye in a way that worried them, and gave away {his} games.",
        "{He} sold {his} phone and asked for {his} passport, and would not say what for.",
    ),
    Concern.MULTIPLE: (
        "{He} could not say what {he} wants, only that {he} wants it to burn.",
        "Every few days it was a different group that {he} hated most.",
        "{He} asked an online chat program to help {him} write it and boasted about that.",
        "The one thing that stays the same is {his} interest in how such attacks were prepared.",
    ),
    Concern.OTHER: (
        "{He} said that {he} is only waiting for the right people to join {him}.",
        "adult: {He} has been warned by {his} landlord and by an officer, and laughed about it.",
        "Some of the posts had hundreds of answers, and a few of them offered help.",
        "{He} kept a folder with pictures of one woman who works in the library.",
        "{He} said that talking is over.",
    ),
}  # fmt: skip

# Of any type.
CHANGES = (
    "child: Over the last term {he} has become withdrawn and stopped seeing {his} old friends.",
    "{He} used to be cheerful and easy to talk to; since the spring {he} has been angry almost every day.",
    "{He} sleeps in the day, is online all night, and has lost a lot of weight.",
    "child: {He} stopped going to football, which was the one thing {he} loved.",
    "child: This began shortly after {his} father left.",
    "It became much worse after a fight in which {he} {was} badly humiliated.",
    "child: {He} has been excluded once this year, for threatening a teaching assistant.",
    "child: {His} attendance fell from nearly all to less than half since January.",
    "child: The family moved here last year, and {he} has not found {his} feet.",
    "adult: {He} lost {his} job in the autumn, and has hardly left the flat since.",
    "I have known {him} for three years and have never seen {him} like this.",
    "{His} grandmother, who brought {him} up, died in March.",
)
WHY_NOW = (
    "I do not know whether {he} would do anything, but I would rather ask than be sorry.",
    "I am writing now because {he} has mentioned it twice this week.",
    "My worst worry is that someone will use {him}.",
    "I think {he} would accept help if it came from someone who listens.",
    "child: There is a younger brother in the house who copies everything {he} does.",
    "child: {His} parents are worried too, and know that I am writing.",
    "We have tried talking to {him}, and it did not help.",
    "I have kept the messages and can show them.",
    "child: {He} is alone at home most afternoons.",
    "",
)
IN_DANGER = (
    "{He} said that {he} would do it today, and left the building with a bag that {he} would not open.",
    "{He} has a one-way ticket for tonight and {his} passport is gone.",
    "There is a knife missing from the kitchen, and {he} has sent a goodbye message to a friend.",
)
FIRST_PERSON: dict[Concern, tuple[str, ...]] = {
    Concern.NO_IDEOLOGY: ("I cannot stop watching videos of attacks. I am scared of what I think at night.",),
    Concern.SUSCEPTIBLE: ("I joined a group because I was lonely, and now they want me to do bad things.",),
    Concern.RIGHT_WING: ("I was in a far-right group for a year. I want to leave, and they know where I live.",),
    Concern.ISLAMIST: ("A man online says that I am a bad Muslim unless I help him. I do not want to.",),
    Concern.MULTIPLE: ("I have read so much of this, from all sides, that I do not know what I believe.",),
    Concern.OTHER: ("I am full of hate for women who did nothing to me. I would like to talk.",),
}
