package org.palomar.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.palomar.compose.ComposePage.Fault;
import org.palomar.mime.AddressParser;

/** What one would want to know before a message goes: asked once, calmly, and never in the way of faults. Pure. */
final class BeforeSending {

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

    private BeforeSending() {}

    /** @param files what goes along, pictures in the text included */
    static List<Fault> questions(ComposeForm form, List<Upload> files) {
        List<AddressParser.Parsed> fields = List.of(
                AddressParser.parse(form.to()), AddressParser.parse(form.cc()), AddressParser.parse(form.bcc()));
        int recipients = fields.stream().mapToInt(field -> field.good().size()).sum();
        if (recipients == 0 || fields.stream().anyMatch(field -> !field.bad().isEmpty())) {
            return List.of();
        }
        List<Fault> questions = new ArrayList<>();
        if (form.subject().isBlank()) {
            questions.add(new Fault("compose.ask.subject", ""));
        }
        if (files.isEmpty() && !form.mode().equals("forwardAttached")) {
            mention(form.text()).ifPresent(word -> questions.add(new Fault("compose.ask.attached", word)));
        }
        if (recipients >= MANY) {
            String key = form.mode().equals("replyAll") ? "compose.ask.all" : "compose.ask.many";
            questions.add(new Fault(key, Integer.toString(recipients)));
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
