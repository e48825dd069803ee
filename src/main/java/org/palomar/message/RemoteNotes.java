package org.palomar.message;

import java.util.List;
import org.palomar.account.SignedIn;
import org.palomar.html.CleanHtml;
import org.palomar.mail.Address;
import org.palomar.reading.ReadMessage;
import org.palomar.settings.PictureConsent;
import org.palomar.trust.Trust;
import org.springframework.stereotype.Component;

/** Decides whether pictures from elsewhere are shown, and what is said about them. */
@Component
class RemoteNotes {

    private static final int NAMED = 4;

    private final PictureConsent consent;

    RemoteNotes(PictureConsent consent) {
        this.consent = consent;
    }

    /**
     * @param asked whether the person asked for the pictures of this message
     * @param trust what was chosen for a sender holds only for messages that nothing shows to be somebody else's
     */
    RemoteNote note(
            SignedIn person,
            MessagePaths paths,
            List<CleanHtml> letter,
            boolean asked,
            ReadMessage message,
            Trust trust) {
        boolean pictures = letter.stream().anyMatch(part -> part.remote().images() > 0);
        List<String> trackers = letter.stream()
                .flatMap(part -> part.remote().trackers().stream())
                .toList();
        List<String> names = trackers.stream().distinct().limit(NAMED + 1).toList();
        List<Address> from = message.envelope().from();
        boolean genuine = pictures && from.size() == 1 && trust.undisputed();
        String sender = genuine ? from.getFirst().address() : "";
        boolean blocked = pictures && !asked && !consent.shows(person.username(), sender);
        return new RemoteNote(
                blocked,
                paths.withImages(),
                trackers.size(),
                String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + (names.size() > NAMED ? " …" : ""),
                blocked && sender.contains("@") ? sender : null,
                paths.ref().mailbox().toSegment() + "/" + paths.ref().key());
    }
}
