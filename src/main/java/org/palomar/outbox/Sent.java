package org.palomar.outbox;

import java.util.List;
import org.palomar.mail.Address;
import org.palomar.mime.Draft;

/**
 * A message was taken by the submission server.
 *
 * @param person the user name of who sent it
 * @param recipients of To, Cc and Bcc
 */
public record Sent(String person, List<Address> recipients) {

    public Sent {
        recipients = List.copyOf(recipients);
    }

    static Sent of(String person, Draft draft) {
        return new Sent(
                person,
                java.util.stream.Stream.of(draft.to(), draft.cc(), draft.bcc())
                        .flatMap(List::stream)
                        .toList());
    }
}
