package org.palomar.trust;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Attachments that do something when they are opened, or are named so that nobody sees what they are. */
final class RiskyFile {

    private static final Set<String> PROGRAMS = Set.of(
            "apk",
            "app",
            "appinstaller",
            "application",
            "appref-ms",
            "appx",
            "bat",
            "chm",
            "cmd",
            "com",
            "command",
            "cpl",
            "deb",
            "dll",
            "dmg",
            "exe",
            "gadget",
            "hta",
            "img",
            "inf",
            "iso",
            "jar",
            "jnlp",
            "js",
            "jse",
            "library-ms",
            "lnk",
            "msc",
            "msh",
            "msi",
            "msix",
            "msp",
            "mst",
            "one",
            "pif",
            "pkg",
            "ps1",
            "psm1",
            "reg",
            "rpm",
            "scf",
            "scr",
            "sct",
            "search-ms",
            "settingcontent-ms",
            "theme",
            "url",
            "vb",
            "vbe",
            "vbs",
            "vhd",
            "vhdx",
            "wim",
            "workflow",
            "ws",
            "wsc",
            "wsf",
            "wsh",
            "xll");
    private static final Set<String> MACROS = Set.of(
            "docm", "dotm", "iqy", "ppam", "ppsm", "pptm", "rqy", "sldm", "slk", "xla", "xlam", "xlsb", "xlsm", "xltm");
    private static final Set<String> PAGES = Set.of("htm", "html", "mht", "mhtml", "shtml", "svg", "xhtml", "xht");
    private static final Set<String> PROGRAM_TYPES = Set.of(
            "application/hta",
            "application/java-archive",
            "application/javascript",
            "application/vnd.microsoft.portable-executable",
            "application/x-dosexec",
            "application/x-ms-shortcut",
            "application/x-msdos-program",
            "application/x-msdownload",
            "application/x-msi",
            "text/javascript");
    private static final Set<String> HARMLESS = Set.of(
            "avi", "bmp", "csv", "doc", "docx", "gif", "heic", "jpeg", "jpg", "mov", "mp3", "mp4", "odt", "pdf", "png",
            "ppt", "pptx", "rtf", "tif", "tiff", "txt", "wav", "webp", "xls", "xlsx", "zip");

    private RiskyFile() {}

    /**
     * @param name safe, so that nothing in it is written backwards
     * @param mediaType as the message claims
     */
    static Optional<Warning> judge(String name, String mediaType) {
        String lower = name.toLowerCase(Locale.ROOT);
        String extension = extension(lower);
        boolean program = PROGRAMS.contains(extension) || PROGRAM_TYPES.contains(mediaType);
        if (program && HARMLESS.contains(extension(stem(lower)))) {
            return Optional.of(Warning.grave("trust.file.disguised", name, extension));
        }
        if (program) {
            return Optional.of(Warning.grave("trust.file.program", name));
        }
        if (MACROS.contains(extension)) {
            return Optional.of(Warning.slight("trust.file.macro", name));
        }
        boolean page =
                PAGES.contains(extension) && (!extension.equals("svg") || HARMLESS.contains(extension(stem(lower))));
        return page ? Optional.of(Warning.slight("trust.file.page", name)) : Optional.empty();
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(0, dot).stripTrailing();
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).strip();
    }
}
