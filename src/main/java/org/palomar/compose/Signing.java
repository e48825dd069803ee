package org.palomar.compose;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.palomar.account.SignedIn;
import org.palomar.html.WrittenHtml;
import org.palomar.identity.Identities;
import org.palomar.identity.Identity;
import org.springframework.stereotype.Component;

/** From whom a message goes out, and the signature it begins with. Safe for use by many threads. */
@Component
class Signing {

    private static final String MARK = "-- ";

    private final Identities identities;

    Signing(Identities identities) {
        this.identities = identities;
    }

    /** A new message: from the standard identity, its signature below. */
    ComposeForm begun(SignedIn person, ComposeForm form) {
        return signed(form, identities.standard(person), true);
    }

    /**
     * An answer or a forwarded message: from the address the original was sent to.
     *
     * @param reached where the original went
     * @param below whether the answer stands below what it answers
     */
    ComposeForm answering(SignedIn person, ComposeForm form, Collection<String> reached, boolean below) {
        return signed(form, identities.reachedBy(person, reached), below);
    }

    /** Those a person can choose from; the address that was written to stands first when it is none of them as it is. */
    List<Identity> senders(SignedIn person, ComposeForm form) {
        List<Identity> all = new ArrayList<>(identities.of(person));
        Identity chosen = identities.from(person, form.from());
        if (!form.from().isBlank()
                && all.stream().noneMatch(each -> each.address().equalsIgnoreCase(chosen.address()))) {
            all.addFirst(chosen);
        }
        return all;
    }

    private static ComposeForm signed(ComposeForm form, Identity who, boolean last) {
        ComposeForm from = form.from(who.address());
        String signature = who.signatureText().strip();
        if (signature.isEmpty()) {
            return from;
        }
        String block = MARK + "\n" + signature + "\n";
        String text = last ? form.text() + "\n\n" + block : "\n\n" + block + form.text();
        if (form.html().isEmpty() && who.signatureHtml().isEmpty()) {
            return from.saying(text, "");
        }
        String html = form.html().isEmpty() ? WrittenHtml.ofText(form.text()) : form.html();
        String rich = WrittenHtml.ofText(MARK)
                + (who.signatureHtml().isEmpty() ? WrittenHtml.ofText(signature) : who.signatureHtml());
        String space = WrittenHtml.ofText("\n\n");
        return from.saying(text, last ? html + space + rich : space + rich + html);
    }
}
