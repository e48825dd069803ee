package org.palomar.signature;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.BodyStructure.Leaf;
import org.palomar.mail.BodyStructure.Multipart;
import org.palomar.mail.Envelope;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;
import org.palomar.mime.Decoding;
import org.palomar.signature.Seal.Verdict;
import org.palomar.signature.SignedData.Signer;
import org.springframework.stereotype.Component;

/** Says how a message is protected: checks S/MIME signatures, names the rest. Safe for use by many threads. */
@Component
public class Seals {

    /** Octets of a detached signature with its certificates. */
    private static final int LARGEST_SIGNATURE = 500_000;

    private static final int LARGEST_HEADER = 500_000;

    /** A signing program takes its time, and clocks differ. */
    private static final Duration SAME_TIME = Duration.ofHours(1);

    private final Authorities authorities;
    private final Clock clock;

    Seals(Authorities authorities, Clock clock) {
        this.authorities = authorities;
        this.clock = clock;
    }

    /**
     * Looks at a message.
     *
     * @param open the mailbox it lies in, on loan
     * @param structure of the message that is shown, which may lie in another one
     * @param opaque the CMS octets that the shown content was taken out of, or null
     * @param texts what is shown, for blocks of OpenPGP in it
     * @param arrived when it arrived here: certificates have to be valid then
     */
    public List<Seal> of(
            OpenMailbox open,
            Uid uid,
            BodyStructure structure,
            byte @Nullable [] opaque,
            Envelope envelope,
            Stream<String> texts,
            Instant arrived) {
        List<Seal> seals = new ArrayList<>();
        Instant valid = arrived.isAfter(clock.instant()) ? clock.instant() : arrived;
        if (opaque != null) {
            seals.add(opaque(opaque, envelope, valid));
        }
        own(structure).forEach(part -> {
            Seal seal = seal(open, uid, structure, opaque == null, part, envelope, valid);
            if (seal != null
                    && seals.size() < 3
                    && seals.stream().noneMatch(each -> each.verdict() == seal.verdict())) {
                seals.add(seal);
            }
        });
        if (seals.isEmpty()) {
            Blocks blocks = texts.map(Blocks::of).reduce(Blocks.NONE, Blocks::and);
            if (blocks.encrypted) {
                seals.add(Seal.of(Verdict.PARTLY_ENCRYPTED));
            } else if (blocks.signed) {
                seals.add(Seal.of(Verdict.UNCHECKED));
            }
        }
        return seals;
    }

    /** The parts of the message itself, not those of messages in it. */
    private static Stream<BodyStructure> own(BodyStructure part) {
        return part instanceof Multipart multipart
                ? Stream.concat(Stream.of(part), multipart.parts().stream().flatMap(Seals::own))
                : Stream.of(part);
    }

    private @Nullable Seal seal(
            OpenMailbox open,
            Uid uid,
            BodyStructure message,
            boolean onServer,
            BodyStructure part,
            Envelope envelope,
            Instant valid) {
        return switch (part) {
            case Multipart signed
            when signed.subtype().equals("signed") -> {
                if (isPgp(signed)) {
                    yield Seal.of(Verdict.UNCHECKED);
                }
                yield signed.path().equals(message.path()) && signed.parts().size() == 2 && onServer
                        ? detached(open, uid, signed, envelope, valid)
                        : Seal.of(Verdict.PARTLY);
            }
            case Multipart encrypted when encrypted.subtype().equals("encrypted") -> Seal.of(Verdict.ENCRYPTED_PGP);
            // Some gateways make multipart/mixed of multipart/encrypted; its control part stays (RFC 3156 section 4).
            case Leaf control when control.is("application/pgp-encrypted") -> Seal.of(Verdict.ENCRYPTED_PGP);
            case Leaf leaf
            when onServer && isCms(leaf) -> Seal.of(claimsSigned(leaf) ? Verdict.UNREADABLE : Verdict.ENCRYPTED_SMIME);
            default -> null;
        };
    }

    private static boolean isPgp(Multipart signed) {
        return signed.parameters()
                        .getOrDefault("protocol", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains("pgp")
                || signed.parts().stream().anyMatch(each -> each.is("application/pgp-signature"));
    }

    /** Whether a part is CMS: signed, or encrypted. */
    public static boolean isCms(Leaf leaf) {
        return leaf.is("application/pkcs7-mime") || leaf.is("application/x-pkcs7-mime");
    }

    private static boolean claimsSigned(Leaf leaf) {
        return leaf.parameters().getOrDefault("smime-type", "").equalsIgnoreCase("signed-data");
    }

    /** The content of CMS that is signed and not encrypted; the signature is not checked. */
    public static Optional<byte[]> content(byte[] cms) {
        try {
            return SignedData.read(cms).content();
        } catch (SignedData.Unreadable _) {
            return Optional.empty();
        }
    }

    private Seal opaque(byte[] cms, Envelope envelope, Instant valid) {
        try {
            SignedData data = SignedData.read(cms);
            byte[] content = data.content().orElseThrow(SignedData.Unreadable::new);
            return judged(data, to -> write(content, to), envelope, valid);
        } catch (SignedData.Unreadable _) {
            return Seal.of(Verdict.UNREADABLE);
        }
    }

    private Seal detached(OpenMailbox open, Uid uid, Multipart signed, Envelope envelope, Instant valid) {
        PartPath content = signed.parts().getFirst().path();
        if (!(signed.parts().getLast() instanceof Leaf signature) || signature.size() > LARGEST_SIGNATURE) {
            return Seal.of(Verdict.UNREADABLE);
        }
        try {
            byte[] encoded = open.part(uid, signature.path(), LARGEST_SIGNATURE);
            SignedData data = SignedData.read(Decoding.decode(encoded, signature.encoding()));
            byte[] header = open.header(uid, content, LARGEST_HEADER);
            Seal seal = judged(data, to -> signed(open, uid, content, header, to), envelope, valid);
            if (seal.verdict() != Verdict.CHANGED || !signed.path().isRoot()) {
                return seal;
            }
            // Some servers write headers of parts anew: what is signed is as it was sent.
            byte[] sent = SentHeader.of(open, uid, signed.parameters().getOrDefault("boundary", ""));
            return sent.length == 0 ? seal : judged(data, to -> signed(open, uid, content, sent, to), envelope, valid);
        } catch (SignedData.Unreadable | ImapException.Refused _) {
            return Seal.of(Verdict.UNREADABLE);
        }
    }

    private static void signed(OpenMailbox open, Uid uid, PartPath content, byte[] header, OutputStream to) {
        write(header, to);
        open.stream(uid, content, to);
    }

    private static void write(byte[] octets, OutputStream to) {
        try {
            to.write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Seal judged(SignedData data, Consumer<OutputStream> content, Envelope envelope, Instant valid)
            throws SignedData.Unreadable {
        if (data.isWeak()) {
            return Seal.of(Verdict.WEAK);
        }
        List<Signer> signers = data.check(content);
        String from = envelope.from().size() == 1 ? envelope.from().getFirst().address() : "";
        Seal seal = null;
        for (Signer signer : signers) {
            if (!signer.intact() || signer.certificate() == null) {
                return Seal.of(Verdict.CHANGED);
            }
            Signatory who = Signatory.of(signer.certificate());
            if (seal == null || who.isFor(from)) {
                String address = who.isFor(from) || who.addresses().isEmpty()
                        ? from
                        : who.addresses().getFirst();
                seal = new Seal(
                        verdict(data, signer, who, from, envelope.date(), valid),
                        who.name(),
                        who.addresses().isEmpty() ? "" : address,
                        who.issuer());
            }
        }
        return seal == null ? Seal.of(Verdict.UNREADABLE) : seal;
    }

    private Verdict verdict(
            SignedData data, Signer signer, Signatory who, String from, @Nullable Instant date, Instant valid) {
        if (signer.certificate() == null || !authorities.vouchFor(signer.certificate(), data.certificates(), valid)) {
            return Verdict.UNVOUCHED;
        }
        if (!who.isFor(from)) {
            return Verdict.OTHER_SENDER;
        }
        boolean sameTime = signer.date() == null
                || date == null
                || Duration.between(signer.date(), date).abs().compareTo(SAME_TIME) <= 0;
        return sameTime ? Verdict.VALID : Verdict.OTHER_TIME;
    }

    /** Blocks of OpenPGP in text. */
    private record Blocks(boolean encrypted, boolean signed) {

        private static final Blocks NONE = new Blocks(false, false);

        static Blocks of(String text) {
            return new Blocks(
                    text.contains("-----BEGIN PGP MESSAGE-----"), text.contains("-----BEGIN PGP SIGNED MESSAGE-----"));
        }

        Blocks and(Blocks other) {
            return new Blocks(encrypted || other.encrypted, signed || other.signed);
        }
    }
}
