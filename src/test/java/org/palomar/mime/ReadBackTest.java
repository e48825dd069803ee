package org.palomar.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.james.mime4j.dom.BinaryBody;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.mail.Address;
import org.palomar.mail.MessageId;
import org.palomar.mime.Draft.Html;
import org.palomar.mime.Draft.Importance;
import org.palomar.mime.Draft.Inline;
import org.palomar.mime.Draft.Wishes;

/** What is written, read back by parsers that are not ours: Apache mime4j and the one that comes with Python. */
class ReadBackTest {

    private static final ZonedDateTime DATE = ZonedDateTime.of(2026, 11, 23, 10, 4, 0, 0, ZoneOffset.ofHours(1));

    /** A PNG of one transparent pixel. */
    private static final byte[] PIXEL = java.util.Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    @TempDir
    Path folder;

    private Draft draft(String typed) throws Exception {
        Path picture = Files.write(folder.resolve("p"), PIXEL);
        Path file = Files.writeString(folder.resolve("f"), "a,b\n1,2\n");
        return new Draft(
                        new Address(typed, "alice@palomar.example"),
                        List.of(new Address(typed, "bob@palomar.example")),
                        List.of(new Address("Ñandú, S.L.", "ventas@españa.example")),
                        List.of(new Address(null, "hidden@palomar.example")),
                        typed,
                        "Plain ñ\nsecond\n",
                        List.of(new Draft.File("Plan ñ — " + typed, "text/csv", file)),
                        new MessageId("<new@palomar.example>"),
                        DATE,
                        new MessageId("<old@palomar.example>"),
                        List.of(new MessageId("<old@palomar.example>")))
                .withHtml(new Html(
                        "<div>Rich <b>ñ 🏮</b><img src=\"cid:1@palomar.example\"></div>",
                        List.of(new Inline("1@palomar.example", new Draft.File("roof.png", "image/png", picture)))))
                .withWishes(new Wishes(List.of(new Address(typed, "answers@palomar.example")), true, Importance.HIGH));
    }

    private static byte[] write(Draft draft) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MessageWriter().write(draft, out);
        return out.toByteArray();
    }

    @Test
    void everyPartAndHeaderArrives() throws Exception {
        byte[] written = write(draft("El palomar: “a, b” <x@y>"));
        assertThat(new String(written, StandardCharsets.ISO_8859_1)).doesNotContain("hidden@");
        Message message = parse(written);
        assertThat(message.getSubject()).isEqualTo("El palomar: “a, b” <x@y>");
        assertThat(message.getFrom().get(0).getName()).isEqualTo("El palomar: “a, b” <x@y>");
        assertThat(message.getTo().flatten().get(0).getAddress()).isEqualTo("bob@palomar.example");
        assertThat(message.getCc().flatten().get(0).getName()).isEqualTo("Ñandú, S.L.");
        assertThat(message.getCc().flatten().get(0).getAddress()).isEqualTo("ventas@xn--espaa-rta.example");
        assertThat(message.getBcc()).isNull();
        assertThat(message.getReplyTo().flatten().get(0).getAddress()).isEqualTo("answers@palomar.example");
        assertThat(header(message, "Importance")).isEqualTo("high");
        assertThat(header(message, "X-Priority")).isEqualTo("1");
        assertThat(header(message, "Disposition-Notification-To")).contains("<alice@palomar.example>");

        List<Entity> mixed = parts(message, "multipart/mixed");
        assertThat(mixed).hasSize(2);
        List<Entity> forms = parts(mixed.getFirst(), "multipart/alternative");
        assertThat(forms).hasSize(2);
        assertThat(forms.getFirst().getMimeType()).isEqualTo("text/plain");
        assertThat(text(forms.getFirst())).isEqualTo("Plain ñ\r\nsecond\r\n");
        List<Entity> related = parts(forms.get(1), "multipart/related");
        assertThat(related.getFirst().getMimeType()).isEqualTo("text/html");
        assertThat(text(related.getFirst())).contains("<b>ñ 🏮</b><img src=\"cid:1@palomar.example\">");
        Entity picture = related.get(1);
        assertThat(picture.getMimeType()).isEqualTo("image/png");
        assertThat(picture.getDispositionType()).isEqualTo("inline");
        assertThat(picture.getHeader().getField("Content-ID").getBody()).isEqualTo("<1@palomar.example>");
        assertThat(octets(picture)).isEqualTo(PIXEL);
        assertThat(mixed.get(1).getDispositionType()).isEqualTo("attachment");
        assertThat(octets(mixed.get(1))).asString().isEqualTo("a,b\n1,2\n");
    }

    @Test
    void withoutFilesAndPicturesNothingIsWrapped() throws Exception {
        Draft whole = draft("x");
        Draft words = new Draft(
                        whole.from(),
                        whole.to(),
                        List.of(),
                        List.of(),
                        "x",
                        "Plain",
                        List.of(),
                        whole.messageId(),
                        DATE,
                        null,
                        List.of())
                .withHtml(new Html("<b>Rich</b>", List.of()));
        Message message = parse(write(words));
        List<Entity> forms = parts(message, "multipart/alternative");
        assertThat(forms).extracting(Entity::getMimeType).containsExactly("text/plain", "text/html");
        assertThat(header(message, "Importance")).isEmpty();
        assertThat(header(message, "Disposition-Notification-To")).isEmpty();
    }

    /** S22. */
    @Test
    void noFieldBeginsALineOfItsOwn() throws Exception {
        Random random = new Random(22);
        List<String> names = names(parse(write(draft("quiet"))));
        String[] pieces = {
            "\r\n",
            "\n",
            "\r",
            "\0",
            "\u760d\u760a",
            "\u010d\u010a",
            "\u2028",
            "\u0085",
            "Bcc: evil@x.example",
            ": ",
            "\t",
            " ",
            "=?utf-8?Q?=0D=0ABcc:_evil?=",
            "\"",
            "\\",
            "<",
            ">",
            ",",
            ";",
            "(",
            ")",
            "\uD83D",
            "ñ",
            "🏮",
            "--=_",
            "\r\n\r\n",
            "x".repeat(90)
        };
        for (int i = 0; i < 400; i++) {
            StringBuilder typed = new StringBuilder("a");
            for (int j = random.nextInt(8); j >= 0; j--) {
                typed.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] written = write(draft(typed.toString()));
            Message message = parse(written);
            assertThat(names(message)).as(typed.toString()).isEqualTo(names);
            assertThat(message.getFrom()).hasSize(1);
            assertThat(message.getFrom().get(0).getAddress()).isEqualTo("alice@palomar.example");
            assertThat(message.getTo().flatten()).hasSize(1);
            assertThat(message.getReplyTo().flatten()).hasSize(1);
            assertThat(parts(message, "multipart/mixed")).hasSize(2);
        }
    }

    @Test
    void pythonReadsTheSame() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/python3"))).isTrue();
        Path message = Files.write(folder.resolve("m.eml"), write(draft("El palomar: “a, b” 🏮")));
        Path script = Files.writeString(folder.resolve("read.py"), """
                import email, email.policy, sys
                m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
                out = [m['subject'], m['from'].addresses[0].display_name, m['importance'], str(m['bcc'])]
                for p in m.walk():
                    out.append(p.get_content_type() + ' ' + str(p.get_content_disposition()) + ' ' + str(len(p.defects)))
                out.append(m.get_body(('plain',)).get_content().strip())
                out.append(m.get_body(('html',)).get_content().strip())
                sys.stdout.buffer.write('\\n'.join(out).encode('utf-8'))
                """);
        Process python = new ProcessBuilder("/usr/bin/python3", script.toString(), message.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).startsWith("""
                El palomar: “a, b” 🏮
                El palomar: “a, b” 🏮
                high
                None
                multipart/mixed None 0
                multipart/alternative None 0
                text/plain None 0
                multipart/related None 0
                text/html None 0
                image/png inline 0
                text/csv attachment 0
                Plain ñ
                second
                """).contains("<b>ñ 🏮</b>");
    }

    private static Message parse(byte[] written) throws Exception {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.custom().setMaxLineLen(2_000).build());
        return builder.parseMessage(new ByteArrayInputStream(written));
    }

    private static List<String> names(Message message) {
        return message.getHeader().getFields().stream().map(Field::getName).toList();
    }

    private static String header(Message message, String name) {
        Field field = message.getHeader().getField(name);
        return field == null ? "" : field.getBody();
    }

    private static List<Entity> parts(Entity entity, String type) {
        assertThat(entity.getMimeType()).isEqualTo(type);
        return new ArrayList<>(((Multipart) entity.getBody()).getBodyParts());
    }

    private static String text(Entity entity) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((TextBody) entity.getBody()).getInputStream().transferTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static byte[] octets(Entity entity) throws Exception {
        return entity.getBody() instanceof BinaryBody binary
                ? binary.getInputStream().readAllBytes()
                : ((TextBody) entity.getBody()).getInputStream().readAllBytes();
    }
}
