"""Which addresses may be fetched, in every spelling they come in."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.web.addresses import LOOPBACK, AddressRules, is_public

PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "192.0.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2001:200::1",
    "2a00:1450:4001:800::200e",
]
NOT_PUBLIC = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2600:1234::5efe:7f00:1",
    "2600:1234::200:5efe:10.0.0.1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]
ODD = [
    "",
    "localhost",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "127.1",
    "127.0.0.01",
    "8.8.8.8.",
    " 8.8.8.8",
    "fe80::1%eth0",
    "2606:4700:4700::1111%1",
    "[2606:4700:4700::1111]",
    "８.８.８.８",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_fetched(address: str) -> None:
    assert is_public(address)
    AddressRules().check_address(address)


@pytest.mark.parametrize("address", NOT_PUBLIC + ODD)
def test_no_other_address_may_be_fetched(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(PictureError) as caught:
        AddressRules().check_address(address)
    assert caught.value.fault is Fault.ADDRESS_REFUSED


@given(st.ip_addresses())
def test_what_is_public_is_never_private_by_the_standard_library(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if is_public(str(address)):
        assert address.is_global
        assert not address.is_multicast


@given(st.ip_addresses(v=4))
def test_no_disguise_makes_an_ipv4_address_public(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    for prefix in ("::", "::ffff:0:0", "64:ff9b::", "64:ff9b:1::", "::ffff:0:0:0"):
        disguised = ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | number)
        assert not is_public(str(disguised))
    six_to_four = ipaddress.IPv6Address((0x2002 << 112) | (number << 80) | 1)
    assert not is_public(str(six_to_four))


def test_a_permitted_network_is_allowed_and_no_other() -> None:
    rules = AddressRules(LOOPBACK)
    rules.check_address("127.0.0.1")
    rules.check_address("::1")
    with pytest.raises(PictureError):
        rules.check_address("10.0.0.1")
    with pytest.raises(PictureError):
        rules.check_address("::ffff:127.0.0.1")


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://photos.example/a.jpg", "https://photos.example/a.jpg"),
        ("HTTPS://Photos.Example/A.jpg", "https://photos.example/A.jpg"),
        ("https://photos.example:443/a", "https://photos.example/a"),
        ("https://photos.example:8443/a?b=c", "https://photos.example:8443/a?b=c"),
        ("https://photos.example./a", "https://photos.example/a"),
        ("https://photos.example", "https://photos.example"),
        ("https://photos.example/a#b", "https://photos.example/a"),
        (
            "https://photos.example?x=https://10.0.0.1/",
            "https://photos.example?x=https://10.0.0.1/",
        ),
        ("https://my_bucket.example/a", "https://my_bucket.example/a"),
        ("https://照片.example/a", "https://xn--2uxqs.example/a"),
        ("https://ＰＨＯＴＯＳ.example/a", "https://photos.example/a"),
        ("https://photos。example/a", "https://photos.example/a"),
        ("https://xn--e1afmkfd.example/", "https://xn--e1afmkfd.example/"),
        ("https://8.8.8.8/a", "https://8.8.8.8/a"),
        ("https://[2606:4700:4700:0:0:0:0:1111]/", "https://[2606:4700:4700::1111]/"),
        ("https://1and1.example/", "https://1and1.example/"),
    ],
)
def test_an_address_gets_one_plain_spelling(url: str, plain: str) -> None:
    assert AddressRules().checked_url(url) == plain


@pytest.mark.parametrize(
    "url",
    [
        "",
        "photos.example/a.jpg",
        "//photos.example/a.jpg",
        "http://photos.example/a.jpg",
        "ftp://photos.example/a.jpg",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "https:photos.example",
        "https:///a.jpg",
        "https://",
        "https://.",
        "https://..",
        "https://a..example/",
        "https://user@photos.example/",
        "https://user:secret@photos.example/",
        "https://photos.example@127.0.0.1/",
        "https://@photos.example/",
        "https://photos.example:80/",
        "https://photos.example:22/",
        "https://photos.example:0/",
        "https://photos.example:99999/",
        "https://photos.example:x/",
        "https://photos.example\\@127.0.0.1/",
        "https://photos.example\t.evil.example/",
        "https://photos.example/a b",
        " https://photos.example/",
        "https://photos.example/\r\nX: y",
        "https://photos.example/\x00",
        "https://127.0.0.1/",
        "https://127.0.0.1./",
        "https://127.1/",
        "https://2130706433/",
        "https://017700000001/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://010.8.8.8/",
        "https://0X7F.1/",
        "https://127.0.0.0x1/",
        "https://１２７.０.０.１/",
        "https://127。0。0。1/",
        "https://①②⑦.⓪.⓪.①/",
        "https://%31%32%37.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1:8443/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[2606:4700:4700::1111%1]/",
        "https://[v1.x]/",
        "https://[8.8.8.8]/",
        "https://[::1/",
        "https://::1/",
        "https://-a.example/",
        "https://a-.example/",
        "https://a*.example/",
        "https://a;b.example/",
        "https://straße.example/",
        "https://a\u200db.example/",
        "https://a\u2100b.example/",
        "https://\udcff.example/",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 130 + "example/",
        "https://photos.example/" + "a" * 5000,
    ],
)
def test_every_trick_is_refused(url: str) -> None:
    with pytest.raises(PictureError) as caught:
        AddressRules().checked_url(url)
    assert caught.value.fault is Fault.ADDRESS_REFUSED
    assert "secret" not in caught.value.detail


@given(st.text(max_size=60))
def test_whatever_the_text_it_is_refused_or_made_plain(text: str) -> None:
    for url in (text, f"https://{text}", f"https://{text}/a", f"https://photos.example/{text}"):
        try:
            plain = AddressRules().checked_url(url)
        except PictureError:
            continue
        assert plain.startswith("https://")
        assert AddressRules().checked_url(plain) == plain
