package org.palomar.message;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.palomar.html.Harmless;
import org.palomar.testing.MailCorpus.Mail;
import org.palomar.testing.Visitor.Answer;
import org.palomar.web.Reader;
import tools.jackson.databind.JsonNode;

/** Holds an opened message against what the corpus expects of it; what is not met is told in words. */
final class Expectations {

    private final Mail mail;
    private final Opened opened;
    private final List<String> faults = new ArrayList<>();

    private Expectations(Mail mail, Opened opened) {
        this.mail = mail;
        this.opened = opened;
    }

    static List<String> unmet(Mail mail, Opened opened, String path) {
        Expectations expectations = new Expectations(mail, opened);
        expectations.faults.addAll(opened.faults);
        opened.all().forEach(inner -> expectations.faults.addAll(inner.faults));
        expectations.always(path);
        expectations.never(path);
        if (!mail.must("SOFT_ONLY")) {
            expectations.header();
            expectations.text(path);
            expectations.files();
            expectations.nested();
            expectations.report();
        }
        return expectations.faults;
    }

    private void always(String path) {
        check(!opened.blank(), "the page is blank");
        for (String view : List.of("/source", "/print", "/message.eml")) {
            Answer other = opened.visitor.get(path + view);
            check(other.status() == 200 && other.body().length > 0, view + " " + other.status());
        }
        for (String mode : List.of("reply", "replyAll", "forward")) {
            Answer compose = opened.visitor.get(compose(mode, path));
            check(compose.status() == 200, mode + " " + compose.status());
        }
    }

    private static String compose(String mode, String path) {
        return "compose?" + mode + "=" + path.replace("mailboxes/", "").replace("/messages", "");
    }

    private void never(String path) {
        Harmless.faults(opened.letterHtml.replaceFirst("(?s)<style>.*?</style>", ""), false)
                .forEach(fault -> check(!opened.page.select("iframe").isEmpty(), "letter: " + fault));
        String names = opened.subject()
                + opened.files.stream().map(Opened.FileRow::name).toList();
        if (mail.mustNot("NO_BIDI_SPOOF")) {
            check(names.chars().noneMatch(Expectations::bidi), "bidirectional controls in names");
        }
        if (mail.mustNot("NO_MOJIBAKE")) {
            check(!opened.letter.contains("\uFFFD"), "replacement characters in the letter");
        }
        if (mail.mustNot("NO_HEADER_INJECTION")) {
            Answer reply = opened.visitor.get(compose("reply", path));
            reply.html()
                    .select("input")
                    .forEach(field ->
                            check(field.val().chars().noneMatch(c -> c < ' '), "control in " + field.attr("name")));
        }
        if (mail.mustNot("NO_PATH_TRAVERSAL")) {
            opened.files.forEach(file -> check(safe(file.name()), "file name " + file.name()));
            if (opened.files.size() > 1) {
                Opened.entries(opened.visitor.get(path + "/attachments.zip").body())
                        .forEach(name -> check(safe(name), "zip entry " + name));
            }
        }
    }

    private static boolean safe(String name) {
        return name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ')
                && !name.equals("..")
                && !name.startsWith(".");
    }

    private static boolean bidi(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    private void header() {
        JsonNode expect = mail.expect();
        if (expect.path("subject").isString()
                && !expect.path("subject_uncertain").asBoolean(false)
                && !expect.get("subject").asString().isBlank()) {
            String subject = expect.get("subject").asString();
            check(
                    squeezed(opened.subject()).equals(squeezed(subject)),
                    "subject <" + opened.subject() + "> instead of <" + subject + ">");
        }
        String card = squeezed(opened.page.select("header.card").text());
        person(expect.path("from").path(0), card, "from");
        for (String field : List.of("to", "cc")) {
            expect.path(field).valueStream().limit(100).forEach(person -> person(person, card, field));
        }
        if (expect.path("date_utc").isString()) {
            Instant date = Instant.parse(expect.get("date_utc").asString());
            check(
                    List.of(ZoneOffset.UTC, ZoneId.systemDefault()).stream()
                            .anyMatch(zone -> card.contains(
                                    squeezed(new Reader(Locale.ENGLISH, zone, Clock.systemUTC()).date(date)))),
                    "date " + date + " not in the header");
        }
    }

    private void person(JsonNode person, String card, String field) {
        for (String part : List.of("name", "address")) {
            String value = person.path(part).asString("");
            check(value.isBlank() || card.contains(squeezed(value)), field + " " + part + " <" + value + "> missing");
        }
    }

    private void text(String path) {
        String seen = squeezed(opened.letter + opened.text());
        mail.expect().path("text_contains").valueStream().forEach(phrase -> {
            if (mail.must("SHOW_TEXT")) {
                check(seen.contains(squeezed(phrase.asString())), "text <" + phrase.asString() + "> missing");
            }
        });
        JsonNode plain = mail.expect().path("text_contains_in_plain_alternative");
        if (!plain.isEmpty()) {
            String quoted = squeezed(opened.visitor
                    .get(compose("reply", path))
                    .html()
                    .select("textarea")
                    .text());
            plain.valueStream()
                    .forEach(phrase -> check(
                            quoted.contains(squeezed(phrase.asString())),
                            "plain text <" + phrase.asString() + "> missing"));
        }
    }

    private void files() {
        JsonNode count = mail.expect().path("attachment_count");
        check(
                count.isMissingNode() || count.asInt() == opened.files.size(),
                opened.files.size() + " files instead of " + count);
        mail.expect().path("tnef").path("attachments").valueStream().forEach(file -> {
            String name = file.path("name").asString("");
            check(
                    opened.files.stream()
                            .anyMatch(row -> squeezed(row.name()).equals(squeezed(name))
                                    && row.content().length == file.path("size").asInt()),
                    "winmail.dat: " + file);
        });
        if (!mail.must("LIST_ATTACHMENTS") && !mail.must("SHOW_INLINE_IMAGES")) {
            return;
        }
        List<String> inside = opened.imagesInside();
        mail.expect().path("attachments").valueStream().forEach(file -> {
            boolean optional = file.path("optional").asBoolean(false);
            boolean inline = file.path("inline_image").asBoolean(false);
            if (!optional && !(inline && inside.contains(file.path("sha256").asString("")))) {
                file(file, inline);
            }
        });
    }

    private void file(JsonNode expected, boolean inline) {
        List<Opened.FileRow> same = opened.files.stream()
                .filter(row -> row.is(
                                expected.path("size").asLong(),
                                expected.path("sha256").asString(""))
                        || (expected.has("sha256_lf")
                                && row.isWithLineFeeds(expected.get("sha256_lf").asString())))
                .toList();
        String name = expected.path("name").asString("");
        boolean comparable = !name.isBlank()
                && safe(name)
                && !expected.path("name_uncertain").asBoolean(false);
        check(
                !same.isEmpty()
                        && (!comparable
                                || same.stream()
                                        .anyMatch(row -> squeezed(row.name()).equals(squeezed(name)))),
                (inline ? "image " : "file ") + name + " of " + expected.path("size") + " octets among "
                        + opened.files.stream()
                                .map(row -> row.name() + " " + row.content().length)
                                .toList());
    }

    private void nested() {
        List<Opened> inner = opened.all();
        JsonNode nested = mail.expect().path("nested_messages");
        if (!mail.must("SHOW_NESTED")) {
            return;
        }
        check(inner.size() >= nested.size(), inner.size() + " messages inside instead of " + nested.size());
        nested.valueStream()
                .map(each -> each.path("subject").asString(""))
                .filter(subject -> !subject.isBlank())
                .forEach(subject -> check(
                        inner.stream().anyMatch(each -> squeezed(each.subject()).equals(squeezed(subject))),
                        "message inside <" + subject + "> among "
                                + inner.stream().map(Opened::subject).toList()));
    }

    private void report() {
        String card = squeezed(opened.page.select("[data-testid=report]").text());
        JsonNode report = mail.expect().path("report");
        report.path("dsn").valueStream().forEach(group -> {
            for (String field : List.of("final_recipient", "action", "status")) {
                reported(group, field, card);
            }
        });
        for (String field : List.of("final_recipient", "disposition")) {
            reported(report.path("mdn"), field, card);
        }
        report.path("arf").properties().forEach(field -> {
            String value = field.getValue().asString("");
            check(card.contains(squeezed(value)), "report: " + field.getKey() + " " + value + " missing");
        });
    }

    private void reported(JsonNode group, String field, String card) {
        String value = group.path(field).asString("");
        if (field.equals("final_recipient")) {
            value = value.substring(value.indexOf(';') + 1);
        }
        check(card.contains(squeezed(value)), "report: " + field + " " + value + " missing");
    }

    private void check(boolean met, String fault) {
        if (!met) {
            faults.add(fault);
        }
    }

    /** White space, quotation marks and invisible characters make no difference to a reader. */
    static String squeezed(String text) {
        return text.replaceAll("[\\s\\p{Z}>]+", "").replaceAll("\\p{Cntrl}|\\p{Cf}", "");
    }
}
