/* Signatures of an invented list, made once by minisign 0.11 with keys that were thrown
 * away afterwards. */
#ifndef TEST_SIGN_FIXTURE_H
#define TEST_SIGN_FIXTURE_H

#define SIGNED_LIST "name,country\nHeron Bay Mills,BD\nTern Island Yarns,VN\n"
static const char KEY_A[] = "untrusted comment: minisign public key 9103EBBD62614515\n"
			    "RWQVRWFivesDkTj/vSnaPKtCeCKCU3ud982IZJwPPSSvjsMbUjcfCln8\n";
static const char KEY_B[] = "untrusted comment: minisign public key BE0F6765B156EBEA\n"
			    "RWTq61axZWcPvoM80ap1FVQyKRYoOLo5SQ8hhQ6lwim9d+yrlxn4h5ve\n";
/* version:7 not-after:2027-06-30 file:list.csv */
static const char SIGN_A[] =
    "untrusted comment: signature from minisign secret key\n"
    "RUQVRWFivesDkaFT3o+8s6D+HuugizS0Svkwf7TguOcGFVXADg2t+"
    "ob3gNXvm11TMbjyzjVZuUU5QTYnHSbFnsHmBF5cFZBwcgg=\n"
    "trusted comment: version:7 not-after:2027-06-30 file:list.csv\n"
    "PKpiSIhTa5JKXsh/"
    "td76dp+P5AQBXtWkSXuLKpBGTgqjNQjz6TnxLiPltjWnVdFg0dvYGAgHRRgxImJWjXlCDA==\n";
static const char SIGN_B[] =
    "untrusted comment: signature from minisign secret key\n"
    "RUTq61axZWcPvl05E8nVq/juZT9H2siPULcj8Lj80T8Z96G1tkC3OMVorT7fELY/0IN/UcJKrfndv/BkXe/"
    "gAapEDLHs5+DEQAA=\n"
    "trusted comment: version:7 not-after:2027-06-30 file:list.csv\n"
    "XukIn0vo+AlX2roD4fCvnb/bYlqRT4c+wQYlkD120Vr1vGI6wX7sC3UAU1DeQ9R0aM1mfmVozfevc/"
    "YsloBkCA==\n";
/* With -l, the old way. */
static const char SIGN_OLD[] =
    "untrusted comment: signature from minisign secret key\n"
    "RWQVRWFivesDkc4bci+gC4/s3AUGjWhfd/"
    "NrUbr7VnyYcCCIUwIW2BUB1ZVWSO90V1uSQBucSV1FnX4NpEQbNDPiVpo97+No0wo=\n"
    "trusted comment: version:7 not-after:2027-06-30 file:list.csv\n"
    "frY/rFIiMycRvtBv52y1a/1+/"
    "GvG1huDqB5Nhcy4JPrDKnPzFm39ILda91hslCkhdJ3YGWhEgltVQkuTrdK6AA==\n";
/* Without -t. */
static const char SIGN_PLAIN[] =
    "untrusted comment: signature from minisign secret key\n"
    "RUQVRWFivesDkaFT3o+8s6D+HuugizS0Svkwf7TguOcGFVXADg2t+"
    "ob3gNXvm11TMbjyzjVZuUU5QTYnHSbFnsHmBF5cFZBwcgg=\n"
    "trusted comment: timestamp:1795740301\tfile:list.csv\thashed\n"
    "L2rS4zo3c2+xsDhsmzJL5aioWM9rVJU+H1gtpWq66U/"
    "Av8SIM+YBKublMOO9MjwgomEyG+WjUsrrPY0F2+RNDw==\n";
/* version:8, and a timestamp */
static const char SIGN_STAMPED[] =
    "untrusted comment: signature from minisign secret key\n"
    "RUQVRWFivesDkaFT3o+8s6D+HuugizS0Svkwf7TguOcGFVXADg2t+"
    "ob3gNXvm11TMbjyzjVZuUU5QTYnHSbFnsHmBF5cFZBwcgg=\n"
    "trusted comment: version:8 not-after:2027-06-30 file:list.csv timestamp:1790000000\n"
    "+sEciihSP1E5sZijhaQT/qkNfAaGPePFdfdyb9Dqyj7S2A4GPxU2psPf2AvuO1+0WTQZwDC7LBg/"
    "IIWABenIBA==\n";

#endif
