package org.palomar.mime;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The charsets a person may choose for a text that came out wrong, in the order in which they are offered. */
public enum TextEncoding {
    UTF_8("utf-8"),
    WESTERN("windows-1252"),
    CENTRAL_EUROPEAN("windows-1250"),
    CYRILLIC("windows-1251"),
    CYRILLIC_KOI8("koi8-r"),
    GREEK("windows-1253"),
    TURKISH("windows-1254"),
    BALTIC("windows-1257"),
    HEBREW("windows-1255"),
    ARABIC("windows-1256"),
    THAI("windows-874"),
    VIETNAMESE("windows-1258"),
    JAPANESE("shift_jis"),
    JAPANESE_JIS("iso-2022-jp"),
    JAPANESE_EUC("euc-jp"),
    CHINESE("gb18030"),
    CHINESE_TRADITIONAL("big5"),
    KOREAN("euc-kr"),
    UTF_16("utf-16"),
    UTF_7("utf-7");

    private final String label;

    TextEncoding(String label) {
        this.label = label;
    }

    /** As it stands in addresses of pages, lower case. */
    public String label() {
        return label;
    }

    /** The one with this label, or null for any other text. */
    public static @Nullable TextEncoding of(String label) {
        String wanted = label.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(encoding -> encoding.label.equals(wanted))
                .findFirst()
                .orElse(null);
    }
}
