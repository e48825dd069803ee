package org.palomar.migration.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.palomar.door.MailHosts.Place;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.ImapConnectors;
import org.palomar.imap.ImapException;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;
import org.palomar.migration.Item;
import org.palomar.migration.Letter;
import org.palomar.migration.Plan;
import org.palomar.migration.Security;
import org.palomar.migration.Server;
import org.palomar.migration.Source;
import org.palomar.migration.SourceException;
import org.palomar.migration.SourceException.Reason;
import org.palomar.migration.Survey;

/**
 * The mailboxes of an account on another IMAP server, over one connection. They are read only: nothing is marked or removed there.
 * What {@link ImapException} comes from the server here passes as it is.
 */
public final class ImapSource implements Source {

    /** More are counted only: to list them takes a while. */
    private static final long FEW = 5_000;

    /** One after the other, without one that comes: then it is not the messages. */
    private static final int REFUSALS = 20;

    /** While what was read is stored here, the connection there waits. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Server server;
    private final Plan plan;
    private final MailSession home;
    private final ImapConnector connector;
    private @Nullable MailSession session;
    private @Nullable Here here;
    private List<MailboxName> mailboxes = List.of();
    private Listing listing = Listing.NONE;
    private int refusals;

    /**
     * Connects when it is first asked.
     *
     * @param server whose host is not looked up again
     * @param place the checked address of the server
     * @param plan which mailboxes, and where to
     * @param home where it is brought to; not closed
     * @param connect for the connection to come about
     * @param read for each wait on the server
     */
    public ImapSource(
            Server server,
            Place place,
            Plan plan,
            MailSession home,
            ImapConnectors connectors,
            Duration connect,
            Duration read) {
        if (server.security() == Security.PLAIN && !place.own()) {
            throw new SourceException(Reason.UNENCRYPTED, "not over TLS", null);
        }
        this.server = server;
        this.plan = plan;
        this.home = home;
        ImapProperties properties = new ImapProperties(
                place.address(),
                place.port(),
                ImapProperties.Security.valueOf(server.security().name()),
                place.own(),
                connect,
                read,
                1,
                PATIENCE);
        this.connector = connectors.to(properties, place.tls());
    }

    @Override
    public Survey survey() {
        Here lie = here();
        return asked(there -> {
            List<Route> routes = routes(there, lie);
            List<Survey.Place> places = routes.stream()
                    .map(route -> new Survey.Place(
                            route.from().name().value(), route.to().value(), messages(route)))
                    .toList();
            long messages = places.stream().mapToLong(Survey.Place::messages).sum();
            if (messages > FEW) {
                return new Survey(messages, -1, null, null, places);
            }
            Listing found = Listing.of(there, routes);
            List<Instant> dates = found.spots().stream()
                    .map(Listing.Spot::arrived)
                    .filter(Objects::nonNull)
                    .sorted()
                    .toList();
            return new Survey(
                    found.items().size(),
                    found.items().stream()
                            .mapToLong(item -> Math.max(0, item.octets()))
                            .sum(),
                    dates.isEmpty() ? null : dates.getFirst(),
                    dates.isEmpty() ? null : dates.getLast(),
                    places);
        });
    }

    private static long messages(Route route) {
        return route.from().status() == null ? 0 : route.from().status().messages();
    }

    private List<Route> routes(MailSession there, Here lie) {
        boolean labels = there.capabilities().contains("X-GM-EXT-1");
        return Routes.of(there.mailboxes(true), Here.prefix(there), labels, lie, plan);
    }

    /** Mailbox by mailbox, oldest first in each; a message with several labels once. */
    @Override
    public List<Item> items() {
        Here lie = here();
        return asked(there -> {
            List<Route> routes = routes(there, lie);
            mailboxes = routes.stream()
                    .filter(route -> !route.kind().isView())
                    .map(Route::to)
                    .distinct()
                    .toList();
            listing = Listing.of(there, routes);
            return listing.items();
        });
    }

    @Override
    public List<MailboxName> mailboxes() {
        return mailboxes;
    }

    @Override
    public Letter read(Item item, OutputStream to) throws IOException {
        Listing.Spot spot = listing.spot(item);
        Uid uid = spot.uid();
        if (uid == null) {
            throw new SourceException(Reason.MESSAGE, "the mailbox cannot be opened", null);
        }
        try {
            long octets = session().examine(spot.mailbox(), open -> {
                if (!open.uidValidity().equals(spot.era())) {
                    throw new ImapException.UidValidityChanged("the mailbox was made anew");
                }
                return open.stream(uid, PartPath.ROOT, to);
            });
            if (octets == 0) {
                throw new SourceException(Reason.MESSAGE, "there is nothing in it", null);
            }
            refusals = 0;
            return new Letter(spot.flags(), spot.arrived());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (ImapException.Refused refused) {
            throw refused(refused);
        } catch (ImapException e) {
            throw Reasons.of(e, server.security());
        }
    }

    private SourceException refused(ImapException.Refused refused) {
        boolean others = ++refusals >= REFUSALS || Reasons.isForNow(refused);
        return new SourceException(
                others ? Reason.BUSY : Reason.MESSAGE, String.valueOf(refused.getMessage()), refused);
    }

    /** @throws UnsupportedOperationException always: from here mail is copied only */
    @Override
    public void remove(List<Item> items) {
        throw new UnsupportedOperationException("mail is only copied from an IMAP server");
    }

    @Override
    public void close() {
        connector.close();
    }

    private Here here() {
        Here known = here == null ? Here.of(home) : here;
        here = known;
        return known;
    }

    private MailSession session() {
        MailSession open =
                session == null ? connector.open(new Credentials(server.username(), server.password()), null) : session;
        session = open;
        return open;
    }

    private <T> T asked(Function<MailSession, T> question) {
        try {
            return question.apply(session());
        } catch (ImapException e) {
            throw Reasons.of(e, server.security());
        }
    }
}
