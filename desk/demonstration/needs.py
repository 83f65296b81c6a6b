"""What else goes on in a life: conditions (a third of those referred), and troubles without one."""

CONDITIONS = (
    "{He} has a diagnosis of autism and finds changes very hard.",
    "{He} is waiting for an autism assessment; the list is more than a year long.",
    "{He} has ADHD, confirmed by a doctor, and takes medication for it.",
    "{He} has been treated for depression, and has harmed {himself} in the past.",
    "{He} has a learning disability and an education, health and care plan.",
    "{He} lives with post-traumatic stress after what {he} saw before coming here.",
    "{He} has had a psychotic episode and is seen by the mental health team.",
    "{He} is dyslexic and has severe anxiety, both confirmed.",
)
TROUBLES = (
    "child: {He} has been bullied for most of secondary school.",
    "There is a lot of debt in the family, and they may lose the house.",
    "{He} saw violence at home when {he} {was} small.",
    "adult: {He} uses cannabis most days.",
    "{He} feels that {he} has been treated unfairly by every teacher and every officer.",
    "{He} believes in several conspiracy theories and cannot talk about anything else.",
    "child: {His} parents are in court over who {he} should live with.",
    "{He} has recently come out of care and is alone a good deal.",
    "",
    "",
)
HOUSEHOLDS = (
    "child: Lives with {his} mother and two younger sisters.",
    "child: Lives with both parents and a grandmother.",
    "child: Lives with {his} father, who works nights.",
    "adult: Lives alone in a rented room.",
    "child: Lives with foster carers since last year.",
    "adult: Shares a flat with two friends.",
    "",
    "",
)
