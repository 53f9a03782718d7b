"""How short emergency access is (promise 7)."""

import datetime as dt

#: Not longer than a shift's half: who needs more asks again, and is asked again.
MOST_HOURS = 4
#: What nobody has answered by then was no emergency.
ANSWERED_WITHIN = dt.timedelta(hours=24)
#: Whoever asks for more in a day is looking around.
ASKED_A_DAY = 5
REASON_LENGTHS = (10, 500)
#: What is recorded for each reading by a grant.
PURPOSE = "emergency_access"
