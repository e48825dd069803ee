package org.palomar.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.palomar.testing.DovecotServer.Filed;

/**
 * Mail as it comes: letters with the headers that servers add, answers that refer to one another, lists, HTML beside text,
 * files. The same numbers give the same mail, but for its dates, which end today.
 */
final class Corpus implements Iterable<Filed> {

    static final String SMALL = "Keys for the dovecote";
    static final String NEWSLETTER = "The autumn catalogue is here";
    static final String LARGE = "The whole archive in one file";

    /** Stands in the subjects of {@link #RARE} messages, or of all where there are fewer. */
    static final String IN_SUBJECT = "quinquennial";

    /** Stands in the texts of as many others. */
    static final String IN_TEXT = "saxifragaceous";

    static final int RARE = 40;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final List<String> WORDS = List.of(
            ("the a to of and in is for on that with we it you be as this at our from will have are by or not can all if"
                            + " please meeting invoice report garden house river letter budget schedule draft review order"
                            + " window Tuesday Friday tomorrow morning project team customer delivery number change plan"
                            + " question answer kitchen bicycle tickets weather mountain library concert recipe season")
                    .split(" "));
    private static final List<String> NAMES = List.of(
            "Ana", "Bruno", "Carmen", "Diego", "Elena", "Felix", "Greta", "Hugo", "Inés", "Jakob", "Klára", "Luis",
            "Marta", "Nils", "Olga", "Pablo", "Quirin", "Rosa", "Søren", "Tomás", "Ulla", "Vera", "Wanda", "Ximena");
    private static final List<String> PLACES = List.of(
            "tejas.example", "rio.example", "molino.example", "puerto.example", "lists.example", "bank.example");

    private final String to;
    private final int count;
    private final int seed;
    private final Instant end;
    private final int large;

    /** @param large ends with a newsletter, a message with a file of so many octets, and a small text; 0 for none of them */
    Corpus(String to, int count, int seed, int large) {
        this.to = to;
        this.count = count;
        this.seed = seed;
        this.large = large;
        this.end = Instant.now().truncatedTo(ChronoUnit.DAYS);
    }

    @Override
    public java.util.Iterator<Filed> iterator() {
        return new java.util.Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < count;
            }

            @Override
            public Filed next() {
                int left = count - ++at;
                Instant when = end.minus(left * 13L, ChronoUnit.MINUTES);
                return large > 0 && left < 3 ? special(left, when) : message(at, when);
            }
        };
    }

    private Filed message(int number, Instant when) {
        // Each message has a generator of its own, so that an answer can tell the subject of what it answers.
        Random random = new Random(seed * 1_000_003L + number);
        int answered = number - 1 - random.nextInt(40);
        boolean answers = answered > 0 && random.nextInt(100) < 45;
        boolean list = random.nextInt(5) == 0;
        int step = Math.max(1, count / RARE);
        String subject = (answers ? "Re: " : "") + subject(answers ? answered : number);
        StringBuilder head = head(random, number, when, subject + (number % step == 0 ? " " + IN_SUBJECT : ""));
        if (answers) {
            head.append("In-Reply-To: ").append(id(answered)).append("\r\nReferences: ");
            head.append(id(Math.max(1, answered - 7)))
                    .append("\r\n ")
                    .append(id(answered))
                    .append("\r\n");
        }
        if (list) {
            head.append("List-Id: Neighbours <neighbours.lists.example>\r\nPrecedence: list\r\nList-Unsubscribe:"
                    + " <https://lists.example/leave?who=4711>, <mailto:leave@lists.example>\r\n");
        }
        String text = text(random, 40 + random.nextInt(260)) + (number % step == step / 2 ? IN_TEXT + "\r\n" : "");
        int kind = random.nextInt(100);
        String body = kind < 45 ? plain(text) : kind < 85 ? alternative(random, text) : withFile(random, text);
        int flags = random.nextInt(100);
        String flag =
                (flags < 4 ? "F" : "") + (flags % 9 == 0 ? "R" : "") + (number < count * 0.9 || flags > 30 ? "S" : "");
        return new Filed((head + body).getBytes(StandardCharsets.UTF_8), when, flag);
    }

    private Filed special(int left, Instant when) {
        Random random = new Random(seed + left);
        String subject = left == 0 ? SMALL : left == 1 ? LARGE : NEWSLETTER;
        StringBuilder head = head(random, count - left, when, subject);
        String body = switch (left) {
            case 0 -> plain(text(random, 120));
            case 1 -> mixed(plain("All of it.\r\n"), "archive.bin", base64(random, large));
            default -> newsletter(random);
        };
        return new Filed((head + body).getBytes(StandardCharsets.UTF_8), when, "S");
    }

    private StringBuilder head(Random random, int number, Instant when, String subject) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        String place = PLACES.get(random.nextInt(PLACES.size()));
        StringBuilder head = new StringBuilder(2_000);
        for (int hop = 0; hop < 3; hop++) {
            head.append(
                    "Received: from mx%1$d.%2$s (mx%1$d.%2$s [192.0.2.%3$d])\r\n\tby in%1$d.palomar.example with ESMTPS id %4$016X\r\n\tfor <%5$s>; %6$s\r\n"
                            .formatted(hop, place, random.nextInt(250), random.nextLong(), to, DATE.format(when)));
        }
        head.append("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=")
                .append(place)
                .append("; s=k1;\r\n\th=from:to:subject:date:message-id; bh=")
                .append(base64(random, 32).strip())
                .append(";\r\n\tb=")
                .append(base64(random, 54).strip())
                .append("\r\nFrom: ")
                .append(encoded(name + " " + place.substring(0, place.indexOf('.'))))
                .append(" <")
                .append(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "e"))
                .append(random.nextInt(60))
                .append('@')
                .append(place)
                .append(">\r\nTo: ")
                .append(to)
                .append("\r\nSubject: ")
                .append(encoded(subject))
                .append("\r\nDate: ")
                .append(DATE.format(when))
                .append("\r\nMessage-ID: ")
                .append(id(number))
                .append("\r\nMIME-Version: 1.0\r\nX-Mailer: Palomar Bench\r\n");
        return head;
    }

    private String id(int number) {
        return "<b" + seed + "." + number + "@mail.tejas.example>";
    }

    private String subject(int number) {
        Random random = new Random(seed * 7L + number);
        String words = text(random, 3 + random.nextInt(6)).strip().replace("\r\n", " ");
        return random.nextInt(6) == 0 ? "Año nuevo: " + words : words;
    }

    private static String encoded(String text) {
        return text.chars().allMatch(c -> c < 127)
                ? text
                : "=?utf-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder(words * 7);
        int column = 0;
        for (int i = 0; i < words; i++) {
            String word = WORDS.get(random.nextInt(WORDS.size()));
            text.append(word);
            column += word.length() + 1;
            text.append(column > 66 ? "\r\n" : " ");
            column = column > 66 ? 0 : column;
        }
        return text.append("\r\n").toString();
    }

    private static String plain(String text) {
        return "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text;
    }

    private static String html(String markup) {
        return "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                + markup.replace("=", "=3D");
    }

    private static String alternative(Random random, String text) {
        String markup = "<html><body><div dir=\"ltr\"><p>" + text.replace("\r\n", "<br>\r\n")
                + "</p>\r\n<p style=\"color:#444\">" + text(random, 8) + "</p></div></body></html>\r\n";
        return "Content-Type: multipart/alternative; boundary=\"alt\"\r\n\r\n--alt\r\n" + plain(text) + "\r\n--alt\r\n"
                + html(markup) + "\r\n--alt--\r\n";
    }

    private static String withFile(Random random, String text) {
        return mixed(plain(text), "plan " + random.nextInt(90) + ".pdf", base64(random, 1_500 + random.nextInt(9_000)));
    }

    private static String mixed(String first, String name, String file) {
        return "Content-Type: multipart/mixed; boundary=\"mix\"\r\n\r\n--mix\r\n" + first
                + "\r\n--mix\r\nContent-Type: application/octet-stream; name=\"" + name
                + "\"\r\nContent-Disposition: attachment; filename=\"" + name
                + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + file + "--mix--\r\n";
    }

    /** Some 140 KB of the tables, styles and tracked pictures that shops send. */
    private static String newsletter(Random random) {
        StringBuilder markup = new StringBuilder(150_000);
        markup.append(
                "<!DOCTYPE html><html><head><style>.wrap{max-width:640px;margin:0 auto}.cell{padding:12px 16px;font-family:Arial}"
                        + "@media (max-width:600px){.cell{display:block;width:100%}}</style></head><body class=\"wrap\">\r\n");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 190; i++) {
            rows.add("""
                    <table width="100%%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;background-color:#fff">
                    <tr><td class="cell" align="left" valign="top" style="padding:12px 16px;font-family:Arial,sans-serif;font-size:15px;color:#333333">
                    <a href="https://shop.tejas.example/p/%1$d?utm_source=mail" style="color:#aa3300;text-decoration:none"><b>%2$s</b></a>
                    <img src="https://img.tejas.example/%1$d.jpg" width="120" height="90" alt="%1$d"><br>%3$s</td></tr></table>
                    """.formatted(i, text(random, 4).strip(), text(random, 24).strip()));
        }
        rows.forEach(row -> markup.append(row.replace("\n", "\r\n")));
        markup.append("</body></html>\r\n");
        return "List-Unsubscribe: <https://shop.tejas.example/leave>\r\n"
                + "Content-Type: multipart/alternative; boundary=\"alt\"\r\n\r\n--alt\r\n" + plain("See our shop.\r\n")
                + "\r\n--alt\r\n" + html(markup.toString()) + "\r\n--alt--\r\n";
    }

    private static String base64(Random random, int octets) {
        byte[] bytes = new byte[octets];
        random.nextBytes(bytes);
        return Base64.getMimeEncoder().encodeToString(bytes) + "\r\n";
    }
}
