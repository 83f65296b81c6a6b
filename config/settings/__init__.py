"""The settings of the house, each subject in a file of its own. What differs by place: the environment."""

from config.settings.environment import *
from config.settings.apps import *
from config.settings.database import *
from config.settings.security import *
from config.settings.keys import *
from config.settings.sign_in import *
from config.settings.single_sign_on import *
from config.settings.history import *
from config.settings.pages import *
from config.settings.documents import *
from config.settings.ledger import *
from config.settings.language import *
from config.settings.mail import *
from config.settings.webhooks import *
from config.settings.tasks import *
from config.settings.logs import *
