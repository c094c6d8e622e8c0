"""The topics of chat and booths, without the rooms above them."""

from booths.topics import BoothTopic
from chat.topics import ChatTopic
from fairplatform.pages.topics import MeTopic

TOPICS = {topic.prefix: topic for topic in (MeTopic, ChatTopic, BoothTopic)}
