"""Whether two names may be those of one person: in another spacing, another order of words, or another script."""

import re
from collections.abc import Mapping

from booths.search_words import folded
from fairplatform.i18n.text import guess_language

# The surnames of nine in ten people in China, and those that Zhejiang has more of, in the spelling of passports.
_SPELLINGS = (
    "bai:白 cai:蔡 cao:曹 chang:常 chen:陈 cheng:程 chi:池 cui:崔 dai:戴 deng:邓 ding:丁 dong:董 du:杜 "
    "duan:段 fan:范 fang:方 feng:冯 fu:付傅 gao:高 gong:龚 gu:顾 guo:郭 han:韩 hao:郝 he:何贺 hou:侯 hu:胡 "
    "huang:黄 jia:贾 jiang:蒋姜江 jin:金 ke:柯 kong:孔 lei:雷 li:李黎 liang:梁 liao:廖 lin:林 liu:刘 long:龙 "
    "lou:楼 lu:卢陆吕 luo:罗骆 ma:马 mao:毛 meng:孟 mo:莫 pan:潘 peng:彭 qian:钱 qin:秦覃 qiu:邱 ren:任 "
    "shao:邵 shen:沈 shi:石史施 song:宋 su:苏 sun:孙 tan:谭 tang:唐汤 tao:陶 tian:田 wan:万 wang:王汪 "
    "wei:魏韦 wu:吴武 xia:夏 xiang:向项 xiao:肖 xie:谢 xiong:熊 xu:徐许 xue:薛 yan:闫严 yang:杨 yao:姚 ye:叶 "
    "yin:尹 ying:应 yu:余于俞虞 yuan:袁 zeng:曾 zhang:张章 zhao:赵 zheng:郑 zhong:钟 zhou:周 zhu:朱 zou:邹"
)
_SURNAMES: Mapping[str, str] = {
    character: spelling
    for spelling, characters in (entry.split(":") for entry in _SPELLINGS.split())
    for character in characters
}
_SYLLABLES = re.compile("[aeiou]+")
# Consonants of one sound in the two scripts; vowels and half-vowels are written in many ways and count for nothing.
_URDU_CONSONANTS = str.maketrans(
    "بپتٹطثسصشجچخکقگغدڈذزضظژرڑلمنںف", "bpttt" + "ssss" + "jckkkggdd" + "zzzzz" + "rrlmnnf", "اآعءئؤیےوہھح\u200c"
)
_LATIN_SOUNDS = (("ch", "c"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("q", "k"))
_UNWRITTEN = re.compile("[^bcdfgjklmnprstz]")
_DOUBLED = re.compile(r"(.)\1+")
SHORTEST_SOUND = 3  # consonants; fewer are shared by too many names


def name_keys(names: Mapping[str, str]) -> frozenset[str]:
    """What ways of writing a name in one script have in common; two people with one of them may be one."""
    found = set()
    for name in names.values():
        words = re.sub(r"[\W_]+", " ", folded(name)).split()
        found |= {"".join(words), " ".join(sorted(words))} if words else set()
    return frozenset(found)


def sound_alike(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether the names, which have no script in common, may be one name in two of them."""
    first, second = _by_script(one), _by_script(other)
    if not first or not second or first.keys() & second.keys():
        return False
    both = first | second
    if "en" not in both:
        return False
    latin = both["en"]
    return ("ur" in both and _sound_of_urdu(both["ur"], latin)) or (
        "zh-hans" in both and _is_surname_of(both["zh-hans"], latin)
    )


def _by_script(names: Mapping[str, str]) -> dict[str, str]:
    return {script: name for name in names.values() if (script := guess_language(name))}


def _sound_of_urdu(urdu: str, latin: str) -> bool:
    sound = _skeleton(word.translate(_URDU_CONSONANTS) for word in folded(urdu).split())
    return len("".join(sound)) >= SHORTEST_SOUND and sound == _skeleton(map(_spoken, folded(latin).split()))


def _spoken(word: str) -> str:
    for written, sound in _LATIN_SOUNDS:
        word = word.replace(written, sound)
    return word


def _skeleton(words: object) -> list[str]:
    """The consonants of each word, in the order of the alphabet: some write the surname first."""
    plain = (_DOUBLED.sub(r"\1", _UNWRITTEN.sub("", word)) for word in words)  # type: ignore[attr-defined]
    return sorted(filter(None, plain))


def _is_surname_of(chinese: str, latin: str) -> bool:
    """The surname as it is spelt, and as many syllables as there are characters."""
    characters = "".join(re.findall("[\u3400-\u9fff]", folded(chinese)))
    spelling, words = _SURNAMES.get(characters[:1], ""), folded(latin).split()
    if not spelling or len(_SYLLABLES.findall(" ".join(words))) != len(characters):
        return False
    return spelling in (words[0], words[-1]) or (len(words) == 1 and words[0].startswith(spelling))
