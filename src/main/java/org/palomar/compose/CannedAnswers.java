package org.palomar.compose;

import java.util.List;
import java.util.Optional;
import org.palomar.account.SignedIn;
import org.palomar.html.Words;
import org.palomar.identity.Identities;
import org.palomar.template.Template;
import org.palomar.template.Templates;
import org.palomar.web.Reader;
import org.springframework.stereotype.Component;

/** The person's templates, for the letter they are writing. Safe for use by many threads. */
@Component
class CannedAnswers {

    private static final int LONGEST_NAME = 60;

    private final Templates templates;
    private final Identities identities;

    CannedAnswers(Templates templates, Identities identities) {
        this.templates = templates;
        this.identities = identities;
    }

    List<Template> of(SignedIn person) {
        return templates.of(person);
    }

    /** One of them, filled for this letter; empty when there is none. */
    Optional<Template> filled(SignedIn person, String id, ComposeForm form, Reader reader) {
        String me = identities.from(person, form.from()).name();
        String today = reader.longDay(reader.today());
        return templates.find(person, id).map(template -> new Filling(form, me, today).fill(template));
    }

    /**
     * Keeps what was written as a template.
     *
     * @return its id, or empty when there are too many
     */
    Optional<String> keep(SignedIn person, ComposeForm form) {
        Words words = Words.of(form.text(), form.html());
        String text = words.text();
        String name = form.subject().isBlank() ? text.lines().findFirst().orElse("") : form.subject();
        String shortName =
                name.strip().length() > LONGEST_NAME ? name.strip().substring(0, LONGEST_NAME) : name.strip();
        return templates.keep(
                person,
                new Template(
                        "",
                        shortName.isEmpty() ? "…" : shortName,
                        form.subject().strip(),
                        text,
                        words.html()));
    }
}
