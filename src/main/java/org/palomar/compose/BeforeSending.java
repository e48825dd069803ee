package org.palomar.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.Address;
import org.palomar.mime.AddressParser;
import org.palomar.trust.RecipientAdvice;
import org.palomar.trust.Warning;
import org.springframework.stereotype.Component;

/** What one would want to know before a message goes: asked once, calmly, and never in the way of faults. */
@Component
class BeforeSending {

    /** Recipients from which on it is asked whether all of them are meant. */
    static final int MANY = 20;

    /** Words by which people say that they attach something, in the languages of those who write with Palomar. */
    private static final Set<String> ATTACHED = Set.of(
            "attached",
            "attaching",
            "attachment",
            "attachments",
            "enclosed",
            "adjunto",
            "adjunta",
            "adjuntos",
            "adjuntas",
            "adjuntado",
            "adjuntamos",
            "anexo",
            "anexos",
            "allegato",
            "allegati",
            "angehängt",
            "anhang",
            "beigefügt",
            "bijlage",
            "bijgevoegd");

    private static final Pattern WORD = Pattern.compile("\\p{L}+");

    private final RecipientAdvice advice;
    private final Terms terms;

    BeforeSending(RecipientAdvice advice, Terms terms) {
        this.advice = advice;
        this.terms = terms;
    }

    /**
     * @param key of the sentence
     * @param args of the sentence, untrusted
     */
    record Question(String key, List<Object> args) {}

    /** What deserves a second look about the recipients so far. */
    List<Warning> hints(SignedIn person, MailSession session, ComposeForm form) {
        List<Address> recipients = AddressParser.parse(String.join("\n", form.to(), form.cc(), form.bcc()))
                .good();
        return advice.about(person, session, recipients);
    }

    /** @param files what goes along, pictures in the text included */
    List<Question> ask(SignedIn person, MailSession session, ComposeForm form, List<Upload> files) {
        return questions(form, files, hints(person, session, form), terms.lackReports());
    }

    /**
     * @param files what goes along, pictures in the text included
     * @param about what is known of its recipients; nothing but grave things are asked about for their own sake
     * @param unreported whether nobody will report what becomes of it
     */
    static List<Question> questions(ComposeForm form, List<Upload> files, List<Warning> about, boolean unreported) {
        List<AddressParser.Parsed> fields = List.of(
                AddressParser.parse(form.to()), AddressParser.parse(form.cc()), AddressParser.parse(form.bcc()));
        int recipients = fields.stream().mapToInt(field -> field.good().size()).sum();
        if (recipients == 0 || fields.stream().anyMatch(field -> !field.bad().isEmpty())) {
            return List.of();
        }
        List<Question> questions = new ArrayList<>();
        if (form.subject().isBlank()) {
            questions.add(new Question("compose.ask.subject", List.of()));
        }
        if (files.isEmpty() && !form.mode().equals("forwardAttached")) {
            mention(form.text()).ifPresent(word -> questions.add(new Question("compose.ask.attached", List.of(word))));
        }
        List<String> left = Filling.left(form.subject() + "\n" + form.text());
        if (!left.isEmpty()) {
            questions.add(new Question("compose.ask.placeholder", List.of(String.join(" ", left))));
        }
        if (recipients >= MANY) {
            String key = form.mode().equals("replyAll") ? "compose.ask.all" : "compose.ask.many";
            questions.add(new Question(key, List.of(Integer.toString(recipients))));
        }
        if (form.reported() && unreported) {
            questions.add(new Question("compose.ask.report", List.of()));
        }
        if (!questions.isEmpty() || about.stream().anyMatch(Warning::grave)) {
            about.forEach(warning -> questions.add(new Question(warning.key(), warning.args())));
        }
        return questions;
    }

    /** The word in what the person wrote, not in what they quote. */
    private static java.util.Optional<String> mention(String text) {
        return text.lines()
                .takeWhile(line -> !line.startsWith("----------") && !line.equals("-- "))
                .filter(line -> !line.startsWith(">"))
                .flatMap(line -> WORD.matcher(line).results())
                .map(result -> result.group())
                .filter(word -> ATTACHED.contains(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
