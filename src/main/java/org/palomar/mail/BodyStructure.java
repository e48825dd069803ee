package org.palomar.mail;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The shape of a message (RFC 9051 section 7.5.2, BODYSTRUCTURE). Types, subtypes and parameter names are lower case. */
public sealed interface BodyStructure {

    PartPath path();

    String type();

    String subtype();

    /** Decoded parameters of Content-Type (RFC 2231 continuations joined). */
    Map<String, String> parameters();

    /** Content-Disposition in lower case ({@code inline}, {@code attachment}), or null. */
    @Nullable
    String disposition();

    /** The decoded file name from Content-Disposition or Content-Type; a stranger's text, or null. */
    @Nullable
    String fileName();

    default String mediaType() {
        return type() + "/" + subtype();
    }

    default boolean is(String mediaType) {
        return mediaType().equals(mediaType.toLowerCase(Locale.ROOT));
    }

    /** This part and all below it, depth first; a nested message counts with its own parts. */
    default Stream<BodyStructure> all() {
        return switch (this) {
            case Leaf leaf -> Stream.of(leaf);
            case Multipart multipart ->
                Stream.concat(Stream.of(multipart), multipart.parts().stream().flatMap(BodyStructure::all));
            case Nested nested -> Stream.concat(Stream.of(nested), nested.body().all());
        };
    }

    /** Whether there is what a person would call an attachment; signatures and images inside the text are none. */
    default boolean hasAttachment() {
        return all().anyMatch(part -> switch (part) {
            case Multipart _ -> false;
            case Nested _ -> true;
            case Leaf leaf ->
                "attachment".equals(leaf.disposition())
                        || (leaf.fileName() != null
                                && leaf.contentId() == null
                                && !leaf.subtype().endsWith("signature"));
        });
    }

    /**
     * A part with content of its own.
     *
     * @param encoding Content-Transfer-Encoding in lower case
     * @param size octets as transferred (still encoded)
     * @param contentId with angle brackets, or null
     */
    record Leaf(
            PartPath path,
            String type,
            String subtype,
            Map<String, String> parameters,
            @Nullable String disposition,
            @Nullable String fileName,
            String encoding,
            long size,
            @Nullable String contentId)
            implements BodyStructure {

        public Leaf {
            parameters = Map.copyOf(parameters);
        }
    }

    /** A multipart of one or more parts. */
    record Multipart(
            PartPath path,
            String type,
            String subtype,
            Map<String, String> parameters,
            @Nullable String disposition,
            @Nullable String fileName,
            List<BodyStructure> parts)
            implements BodyStructure {

        public Multipart {
            parameters = Map.copyOf(parameters);
            parts = List.copyOf(parts);
        }
    }

    /**
     * A message inside the message (message/rfc822, message/global).
     *
     * @param encoding Content-Transfer-Encoding in lower case
     * @param size octets as transferred
     */
    record Nested(
            PartPath path,
            String type,
            String subtype,
            Map<String, String> parameters,
            @Nullable String disposition,
            @Nullable String fileName,
            String encoding,
            long size,
            Envelope envelope,
            BodyStructure body)
            implements BodyStructure {

        public Nested {
            parameters = Map.copyOf(parameters);
        }
    }
}
