package org.palomar.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ActiveProfiles;

@SpringBootTest(classes = DemoServerIT.DemoOnly.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
@ActiveProfiles("demo")
class DemoServerIT {

    private static final Instant NOW = Instant.parse("2026-03-14T07:05:00Z");

    @Configuration(proxyBeanMethods = false)
    @Import(DemoConfiguration.class)
    static class DemoOnly {
        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneId.of("Europe/Madrid"));
        }
    }

    @Autowired
    private Environment environment;

    @Autowired
    private GreenMail server;

    @Test
    void tellsTheProductWhereItIs() throws Exception {
        assertThat(InetAddress.getByName(environment.getRequiredProperty("palomar.imap.host"))
                        .isLoopbackAddress())
                .isTrue();
        assertThat(environment.getRequiredProperty("palomar.imap.security")).isEqualTo("plain");
        assertThat(environment.getRequiredProperty("palomar.smtp.security")).isEqualTo("plain");
        assertThat(environment.getRequiredProperty("palomar.demo.accounts[0].username"))
                .isEqualTo("alice@palomar.example");
        assertThat(environment.getRequiredProperty("palomar.demo.accounts[2].password"))
                .isEqualTo("carol");
        assertThat(environment.getRequiredProperty("server.address")).isEqualTo("127.0.0.1");
    }

    @Test
    void givesAliceAFullHouse() throws Exception {
        try (Store store = signIn(Person.ALICE)) {
            Map<String, Integer> counts = new HashMap<>();
            for (Folder folder : store.getDefaultFolder().list("*")) {
                counts.put(folder.getFullName(), folder.getMessageCount());
            }
            assertThat(counts.keySet())
                    .containsExactlyInAnyOrder(
                            "INBOX",
                            "Drafts",
                            "Sent",
                            "Archive",
                            "Junk",
                            "Trash",
                            "Projects",
                            "Projects.Dovecote",
                            "Receipts",
                            "Lists");
            assertThat(counts.values().stream().mapToInt(Integer::intValue).sum())
                    .isGreaterThanOrEqualTo(80);
            counts.remove("Projects");
            assertThat(counts)
                    .allSatisfy((name, count) -> assertThat(count).as(name).isPositive());
        }
    }

    @Test
    void datesLieInTheLastWeeksInOrderAndRepliesFollowWhatTheyAnswer() throws Exception {
        Map<String, Instant> written = new HashMap<>();
        Map<String, String> answered = new HashMap<>();
        for (Person person : Person.values()) {
            try (Store store = signIn(person)) {
                for (Message message : all(store)) {
                    written.put(
                            header(message, "Message-ID"), message.getSentDate().toInstant());
                    assertThat(message.getReceivedDate()).isEqualTo(message.getSentDate());
                    if (message.getHeader("In-Reply-To") != null) {
                        String parent = header(message, "In-Reply-To");
                        assertThat(header(message, "References")).endsWith(parent);
                        answered.put(header(message, "Message-ID"), parent);
                    }
                }
            }
        }
        assertThat(written.values())
                .allMatch(date -> date.isBefore(NOW) && date.isAfter(NOW.minusSeconds(43 * 86_400)));
        assertThat(answered).hasSizeGreaterThanOrEqualTo(50);
        answered.forEach(
                (reply, parent) -> assertThat(written.get(reply)).as(reply).isAfter(written.get(parent)));
    }

    @Test
    void carriesEveryKindOfMail() throws Exception {
        Set<String> types = new TreeSet<>();
        Set<String> subjects = new TreeSet<>();
        Set<String> flags = new TreeSet<>();
        int lists = 0;
        int attachedMessages = 0;
        try (Store store = signIn(Person.ALICE)) {
            for (Message message : all(store)) {
                subjects.add(message.getSubject());
                collect(message, types);
                flags.add(message.getFlags().toString());
                lists += message.getHeader("List-Id") == null ? 0 : 1;
                attachedMessages += message.getSubject().startsWith("Fwd:") ? 1 : 0;
            }
        }
        assertThat(types)
                .contains(
                        "text/plain",
                        "text/html",
                        "text/calendar",
                        "text/csv",
                        "image/png",
                        "image/jpeg",
                        "application/pdf",
                        "application/zip",
                        "message/rfc822");
        assertThat(subjects)
                .contains(
                        "Re: 扉について (about the door)",
                        "Licencia concedida — expediente 2026/0417 ✅",
                        "برج الحمام القديم",
                        "The roof at dusk 🌅🕊️");
        assertThat(String.join(" ", flags)).contains("\\Seen", "\\Flagged", "\\Answered", "\\Draft", "$Forwarded");
        assertThat(lists).isGreaterThan(10);
        assertThat(attachedMessages).isGreaterThanOrEqualTo(2);
    }

    @Test
    void filesAreWhatTheyClaim() throws Exception {
        for (String image : List.of("loft.jpg", "dusk.jpg", "dovecote.png", "plan.png")) {
            byte[] bytes = Enclosure.named(image).content();
            assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isGreaterThan(100);
        }
        try (ZipInputStream zip = new ZipInputStream(
                new ByteArrayInputStream(Enclosure.named("survey-bundle.zip").content()))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("oak-list.csv");
            assertThat(new String(zip.readAllBytes(), "UTF-8")).contains("rafter");
        }
        for (String name : List.of("survey.pdf", "licencia.pdf", "factura.pdf")) {
            String pdf = new String(Enclosure.named(name).content(), "ISO-8859-1");
            assertThat(pdf).startsWith("%PDF-1.4").endsWith("%%EOF\n");
            int table = Integer.parseInt(pdf.substring(pdf.indexOf("startxref\n") + 10, pdf.lastIndexOf("\n%%EOF")));
            assertThat(pdf.substring(table)).startsWith("xref\n");
            int first = pdf.indexOf("0000000000 65535 f \n") + 20;
            for (int object = 1; object <= 6; object++) {
                int entry = first + (object - 1) * 20;
                int offset = Integer.parseInt(pdf.substring(entry, entry + 10));
                assertThat(pdf.substring(offset)).startsWith(object + " 0 obj");
            }
        }
    }

    @Test
    void mailFromOneArrivesAtTheOther() throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(Person.BOB.mailbox());
        message.setRecipient(Message.RecipientType.TO, Person.CAROL.mailbox());
        message.setSubject("A test of the hinge");
        message.setText("It squeaks.");
        message.saveChanges();
        submit(message, Person.CAROL.mailbox());
        try (Store store = signIn(Person.CAROL)) {
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            Message last = inbox.getMessage(inbox.getMessageCount());
            assertThat(last.getSubject()).isEqualTo("A test of the hinge");
            assertThat(last.isSet(Flags.Flag.SEEN)).isFalse();
        }
    }

    @Test
    void refusesEverybodyElse() throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(Person.BOB.mailbox());
        message.setText("Nobody gets this.");
        message.saveChanges();
        for (String stranger : List.of("dave@palomar.example", "someone@outside.example")) {
            assertThatThrownBy(() -> submit(message, new InternetAddress(stranger)))
                    .isInstanceOf(SendFailedException.class)
                    .rootCause()
                    .hasMessageContaining("550 5.1.1");
        }
        assertThat(server.getUserManager().listUser()).hasSize(3);
    }

    @Test
    void welcomeNamesTheAddressAndTheAccounts() {
        assertThat(new Welcome(environment).text())
                .contains("http://localhost:8080", "alice@palomar.example", "bob@palomar.example", "password carol");
    }

    private void submit(MimeMessage message, Address to) throws MessagingException {
        Transport transport = message.getSession().getTransport("smtp");
        try (transport) {
            transport.connect(
                    environment.getRequiredProperty("palomar.smtp.host"),
                    environment.getRequiredProperty("palomar.smtp.port", Integer.class),
                    Person.BOB.address(),
                    Person.BOB.password());
            transport.sendMessage(message, new Address[] {to});
        }
    }

    private Store signIn(Person person) throws MessagingException {
        Store store = Session.getInstance(new Properties()).getStore("imap");
        store.connect(
                environment.getRequiredProperty("palomar.imap.host"),
                environment.getRequiredProperty("palomar.imap.port", Integer.class),
                person.address(),
                person.password());
        return store;
    }

    private static List<Message> all(Store store) throws MessagingException {
        List<Message> all = new ArrayList<>();
        for (Folder folder : store.getDefaultFolder().list("*")) {
            if ((folder.getType() & Folder.HOLDS_MESSAGES) == 0) {
                continue;
            }
            folder.open(Folder.READ_ONLY);
            Date before = new Date(0);
            for (Message message : folder.getMessages()) {
                if (!folder.getFullName().equals("INBOX")
                        || message.getReceivedDate().toInstant().isBefore(NOW)) {
                    assertThat(message.getReceivedDate()).isAfterOrEqualTo(before);
                    before = message.getReceivedDate();
                    all.add(message);
                }
            }
        }
        return all;
    }

    private static String header(Message message, String name) throws MessagingException {
        return message.getHeader(name)[0];
    }

    private static void collect(Part part, Set<String> types) throws MessagingException, IOException {
        String type = part.getContentType().split(";")[0].strip().toLowerCase(java.util.Locale.ROOT);
        types.add(type);
        if (part.getContent() instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart child = multipart.getBodyPart(i);
                collect(child, types);
            }
        } else if (!type.equals("message/rfc822")) {
            try (InputStream in = part.getInputStream()) {
                assertThat(in.read()).as(type).isNotEqualTo(-1);
            }
        }
    }
}
