package org.palomar.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** The pages of contacts, without scripts. */
class ContactsIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final String PAYLOAD = "\"><img src=x onerror=pwned()>";

    private final String mark = "m" + UUID.randomUUID().toString().substring(0, 8);

    private static Visitor.File file(String name, byte[] content) {
        return new Visitor.File(name, "application/octet-stream", content);
    }

    private static Answer add(Visitor visitor, String given, String address, String... more) {
        visitor.open("contacts/new").expect(200);
        Map<String, String> fields =
                new java.util.LinkedHashMap<>(Map.of("given", given, "email", address, "email-kind", "work"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return visitor.follow(visitor.upload("contacts", fields, "photo", List.of(file("", new byte[0]))));
    }

    private static List<String> names(Answer page) {
        return page.html().select("[data-testid=contact-row-name]").eachText();
    }

    private static Answer undo(Visitor visitor, Answer page) {
        String action =
                page.html().select("[data-testid=undo]").first().closest("form").attr("action");
        assertThat(action).contains("/contacts/undo/");
        return visitor.follow(visitor.post(action));
    }

    @Test
    void aContactIsWrittenChangedAndDeletedWithAWayBack() throws IOException {
        try (Visitor erin = stage.visitor().signedIn("erin")) {
            assertThat(erin.open("contacts").expect(200).html().select("[data-testid=no-contacts]"))
                    .hasSize(1);
            Answer made = add(
                    erin,
                    "Ana " + PAYLOAD,
                    "ana." + mark + "@example.org",
                    "family",
                    "Gil",
                    "groups",
                    "Club, Work",
                    "note",
                    "Two\nlines");
            assertThat(made.flash()).contains("The contact was added.");
            assertThat(made.html().select("[data-testid=contact-name]").text()).isEqualTo("Ana " + PAYLOAD + " Gil");
            assertThat(made.html().select("img[onerror]")).isEmpty();
            assertThat(made.html().select("[data-testid=contact-write]").attr("href"))
                    .isEqualTo("/compose?to=ana." + mark + "%40example.org");
            String path = made.uri().getPath();

            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(500, 400, BufferedImage.TYPE_INT_RGB), "png", png);
            erin.open(path + "/edit").expect(200);
            Answer changed = erin.follow(erin.upload(
                    path,
                    Map.of("given", "Anna", "family", "Gil", "email", "anna." + mark + "@example.org"),
                    "photo",
                    List.of(file("me.png", png.toByteArray()))));
            assertThat(changed.html().select("[data-testid=contact-name]").text())
                    .isEqualTo("Anna Gil");
            Answer photo = erin.get(
                            changed.html().select("[data-testid=contact-photo]").attr("src"))
                    .expect(200);
            assertThat(photo.header("Content-Type")).isEqualTo("image/jpeg");
            assertThat(photo.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(photo.header("Content-Security-Policy")).startsWith("sandbox; default-src 'none'");

            Answer refused = erin.upload(
                            path,
                            Map.of("given", "Anna", "email", "no address"),
                            "photo",
                            List.of(file("x.svg", "<svg/>".getBytes(StandardCharsets.UTF_8))))
                    .expect(422);
            assertThat(refused.html().select("[data-testid=fault]").text()).contains("not valid");
            assertThat(refused.html().select("input[aria-invalid=true]").attr("value"))
                    .isEqualTo("no address");
            assertThat(erin.upload(
                                    path,
                                    Map.of("given", "Anna"),
                                    "photo",
                                    List.of(file("x.svg", "<svg/>".getBytes(StandardCharsets.UTF_8))))
                            .expect(422)
                            .html()
                            .select("[data-testid=fault]")
                            .text())
                    .contains("photo was not taken");

            Answer list = erin.follow(erin.post(
                    "contacts/actions", "action", "delete", "ref", path.substring(path.lastIndexOf('/') + 1)));
            assertThat(list.flash()).contains("1 contact deleted.");
            assertThat(names(list)).isEmpty();
            erin.get(path).expect(404);
            assertThat(names(undo(erin, list))).containsExactly("Anna Gil");
            assertThat(erin.get(path).expect(200).html().select("[data-testid=contact-photo]"))
                    .hasSize(1);
        }
    }

    @Test
    void groupsAreMadeSearchedAndDissolved() {
        try (Visitor fay = stage.visitor().signedIn("fay")) {
            String one =
                    add(fay, "One" + mark, "one." + mark + "@example.org").uri().getPath();
            add(fay, "Two" + mark, "two." + mark + "@example.org");
            fay.post(
                            "contacts/actions",
                            "action",
                            "group",
                            "name",
                            "Grüppe",
                            "ref",
                            one.substring(one.lastIndexOf('/') + 1))
                    .expect(303);
            Answer group = fay.open("contacts?group=Gr%C3%BCppe").expect(200);
            assertThat(names(group)).containsExactly("One" + mark);
            assertThat(names(fay.open("contacts?q=" + mark)))
                    .as("a part of the addresses")
                    .hasSize(2);
            assertThat(names(fay.open("contacts?q=two"))).containsExactly("Two" + mark);
            Answer dissolved = fay.follow(fay.post("contacts/actions", "action", "dissolve", "group", "Grüppe"));
            assertThat(dissolved.flash()).contains("dissolved");
            assertThat(names(fay.open("contacts?group=Gr%C3%BCppe"))).isEmpty();
            undo(fay, dissolved);
            assertThat(names(fay.open("contacts?group=Gr%C3%BCppe"))).hasSize(1);
        }
    }

    /** S32: ids of another person open nothing. */
    @Test
    void s32NobodyReachesAnothersContacts() {
        try (Visitor gus = stage.visitor().signedIn("gus");
                Visitor ines = stage.visitor().signedIn("ines");
                Visitor nobody = stage.visitor()) {
            Answer made = add(gus, "Secret" + mark, "secret." + mark + "@example.org");
            String path = made.uri().getPath();
            String id = path.substring(path.lastIndexOf('/') + 1);
            assertThat(gus.get("contacts/suggest?q=secret." + mark).expect(200).text())
                    .contains(
                            "\"name\":\"Secret" + mark + "\"",
                            "\"address\":\"secret." + mark + "@example.org\"",
                            "\"group\":false");
            assertThat(gus.get("contacts/suggest?q=se").header("Cache-Control"))
                    .contains("private")
                    .contains("max-age=30");
            assertThat(ines.get("contacts/suggest?q=secret").expect(200).text()).isEqualTo("[]");
            for (String page : List.of(path, path + "/edit", path + "/photo")) {
                ines.get(page).expect(404);
            }
            ines.open("contacts").expect(200);
            ines.upload(path, Map.of("given", "Mallory"), "photo", List.of()).expect(404);
            ines.follow(ines.post("contacts/actions", "action", "delete", "ref", id));
            ines.follow(ines.post("contacts/duplicates", "ref", id));
            gus.open("contacts");
            Answer deleted = gus.follow(gus.post("contacts/actions", "action", "delete", "ref", id));
            String undo = deleted.html()
                    .select("[data-testid=undo]")
                    .first()
                    .closest("form")
                    .attr("action");
            assertThat(ines.follow(ines.post(undo)).flash()).contains("too late");
            assertThat(names(gus.follow(gus.post(undo)))).contains("Secret" + mark);
            assertThat(nobody.get("contacts/suggest?q=secret").status()).isEqualTo(302);
        }
    }

    @Test
    void filesAreLookedAtTakenInAndTakenAlong() {
        try (Visitor dan = stage.visitor().signedIn("dan")) {
            dan.open("contacts/import").expect(200);
            String table = "Name,E-mail 1 - Value,Notes\nLuz " + mark + ",luz." + mark
                    + "@example.org,=1+1\n,,nobody\nLuz " + mark + ",luz." + mark + "@example.org,twice\n";
            Answer preview = dan.follow(dan.upload(
                    "contacts/import",
                    Map.of(),
                    "file",
                    List.of(file("c.csv", table.getBytes(StandardCharsets.UTF_8)))));
            assertThat(preview.html().select("[data-testid=import-preview]").text())
                    .contains("Luz " + mark, "luz." + mark + "@example.org");
            assertThat(preview.html().select("[data-testid=import-skipped]").text())
                    .contains("1 is left out", "Number 3: nobody is in it.");
            assertThat(names(dan.open("contacts?q=luz")))
                    .as("nothing is taken in yet")
                    .isEmpty();
            try (Visitor carol = stage.visitor().signedIn("carol")) {
                carol.get(preview.uri().getPath()).expect(404);
            }
            Answer taken = dan.follow(dan.post(preview.uri().getPath(), "group", "Brought"));
            assertThat(taken.flash()).contains("1 contact imported.", "1 was here already.", "1 was left out.");
            assertThat(names(dan.open("contacts?group=Brought"))).containsExactly("Luz " + mark);

            Answer csv = dan.get("contacts/export?format=csv").expect(200);
            assertThat(csv.header("Content-Disposition")).startsWith("attachment;");
            assertThat(csv.text()).contains("\"Luz " + mark + "\"", "\"'=1+1\"", "\"Brought\"");
            assertThat(dan.get("contacts/export?format=vcard4").expect(200).text())
                    .contains("VERSION:4.0", "FN:Luz " + mark);
            assertThat(dan.get("contacts/export?format=vcard3&group=Nowhere")
                            .expect(200)
                            .text())
                    .isEmpty();

            names(undo(dan, dan.open("contacts")));
            assertThat(names(dan.open("contacts?q=luz"))).isEmpty();
            dan.open("contacts/import");
            Answer unknown = dan.follow(dan.upload(
                    "contacts/import", Map.of(), "file", List.of(file("x", new byte[] {0, 1, 2}))));
            assertThat(unknown.html().select("[data-testid=import-nothing]")).hasSize(1);
        }
    }

    @Test
    void duplicatesAreShownAndMerged() {
        try (Visitor carol = stage.visitor().signedIn("carol")) {
            add(carol, "Pia" + mark, "pia." + mark + "@example.org");
            add(carol, "PÍA" + mark, "other." + mark + "@example.org");
            Answer page = carol.open("contacts/duplicates").expect(200);
            Element pair = page.html()
                    .select("[data-testid=duplicate]:contains(" + mark + ")")
                    .first();
            assertThat(pair.select("[data-testid=merged]").text()).contains("pia." + mark, "other." + mark);
            List<String> refs = pair.select("input[name=ref]").eachAttr("value");
            Answer merged = carol.follow(carol.post("contacts/duplicates", "ref", refs.get(0), "ref", refs.get(1)));
            assertThat(merged.flash()).contains("2 contacts are one now.");
            assertThat(names(carol.open("contacts?q=pia" + mark))).hasSize(1);
            undo(carol, carol.open("contacts"));
            assertThat(names(carol.open("contacts?q=pia" + mark))).hasSize(2);
        }
    }

    @Test
    void whoIsMetInMessagesIsAdded() {
        String sender = "sender." + mark + "@example.org";
        stage.dovecot().put("bob@palomar.example", "INBOX", """
                From: "Sender %1$s" <%2$s>
                To: bob@palomar.example
                Subject: Card %1$s
                Message-ID: <%1$s@example.org>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                See the card.
                --b
                Content-Type: text/vcard; charset=utf-8
                Content-Disposition: attachment; filename=card.vcf

                BEGIN:VCARD
                VERSION:3.0
                FN:Visit %1$s
                EMAIL:visit.%1$s@example.org
                TEL:+34 600
                X-ODD:kept
                END:VCARD
                --b--
                """.formatted(mark, sender)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8));
        try (Visitor bob = stage.visitor().signedIn("bob")) {
            String ref = stage.refs("bob", "INBOX").getFirst().key();
            Answer message = bob.open("mailboxes/INBOX/messages/" + ref).expect(200);
            Element form =
                    message.html().select("[data-testid=contact-add]").first().closest("form");
            Answer added = bob.follow(bob.post(
                    form.attr("action"), "name", form.select("[name=name]").attr("value")));
            assertThat(added.flash()).contains("The contact was added.");
            assertThat(names(bob.open("contacts?q=visit." + mark))).containsExactly("Visit " + mark);
            assertThat(bob.get("contacts/export?format=vcard3").text()).contains("X-ODD:kept");
            bob.open("mailboxes/INBOX/messages/" + ref);
            assertThat(bob.follow(bob.post(form.attr("action"), "name", "")).flash())
                    .contains("is here already");

            Element who = bob.open("mailboxes/INBOX/messages/" + ref + "/sender")
                    .html()
                    .select("[data-testid=sender-add]")
                    .first()
                    .closest("form");
            Answer known = bob.follow(bob.post(
                    who.attr("action"),
                    "name",
                    who.select("[name=name]").attr("value"),
                    "address",
                    who.select("[name=address]").attr("value")));
            assertThat(known.flash()).contains("The contact was added.");
            assertThat(bob.get("contacts/suggest?q=sender." + mark).text()).contains("Sender " + mark);
        }
    }

    @Test
    void whoIsWrittenToIsCollected() throws InterruptedException {
        try (Visitor alice = stage.visitor().signedIn("alice")) {
            String to = "new." + mark + "@example.org";
            Element form = alice.open("compose").expect(200).html().selectFirst("[data-testid=compose-form]");
            Map<String, String> fields = new java.util.LinkedHashMap<>();
            form.select("input[type=hidden]:not([name=_csrf])")
                    .forEach(each -> fields.put(each.attr("name"), each.val()));
            fields.putAll(Map.of(
                    "to",
                    "Nina <" + to + ">",
                    "cc",
                    "",
                    "bcc",
                    "",
                    "subject",
                    mark,
                    "text",
                    "Hello",
                    "action",
                    "send"));
            Answer sent = alice.upload(form.attr("action"), fields, "attachments", List.of());
            assertThat(sent.status()).as(sent.text()).isEqualTo(303);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(names(alice.open("contacts?collected=true")))
                            .contains("Nina"));
            Answer kept = alice.follow(alice.post("contacts/actions", "action", "keep-all"));
            assertThat(kept.flash()).contains("kept");
            assertThat(names(alice.open("contacts?q=new." + mark))).containsExactly("Nina");

            alice.open("settings").expect(200);
            alice.post("settings/collecting", "collect", "off").expect(303);
            assertThat(alice.open("settings")
                            .html()
                            .select("[data-testid=collecting-form] input[checked]")
                            .attr("value"))
                    .isEqualTo("off");
            alice.post("settings/collecting", "collect", "on").expect(303);
            alice.post("settings/pictures", "show", "known").expect(303);
            assertThat(alice.open("settings")
                            .html()
                            .select("[data-testid=pictures-form] input[checked]")
                            .attr("value"))
                    .isEqualTo("known");
            alice.post("settings/pictures", "show", "ask").expect(303);
        }
    }
}
