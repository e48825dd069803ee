package org.palomar.contacts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.palomar.vcard.VCard;
import org.palomar.vcard.VCardReader;

/** A file of contacts, vCards or a table, read in constant memory and linear time (S38). Never fails for what is in it. */
final class ContactFile {

    /** Contacts that are read. */
    static final int MOST = 50_000;

    private static final int MOST_SKIPPED = 100;
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private ContactFile() {}

    /**
     * What was left out.
     *
     * @param line of the file, or 0 where vCards have none
     * @param why the end of a text key
     */
    public record Skipped(int line, String why) {}

    /**
     * @param kind {@code vcard}, {@code csv} or {@code unknown}
     * @param skipped the first {@value #MOST_SKIPPED}
     * @param left how many were left out
     */
    public record Report(String kind, String charset, int found, List<Skipped> skipped, int left) {}

    /** Hands over each contact that is in it. */
    static Report read(Path file, Consumer<VCard> each) {
        Charset charset = charset(file);
        try (Reader in = reader(file, charset)) {
            return isVCard(file, charset) ? cards(in, charset, each) : rows(in, charset, each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reader reader(Path file, Charset charset) throws IOException {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        return new InputStreamReader(new BufferedInputStream(Files.newInputStream(file), 1 << 16), decoder);
    }

    private static boolean isVCard(Path file, Charset charset) throws IOException {
        try (Reader in = reader(file, charset)) {
            char[] start = new char[2_000];
            int length = Math.max(0, in.read(start));
            return new String(start, 0, length)
                    .toUpperCase(java.util.Locale.ROOT)
                    .contains("BEGIN:VCARD");
        }
    }

    private static Report cards(Reader in, Charset charset, Consumer<VCard> each) {
        VCardReader reader = new VCardReader(in);
        List<Skipped> skipped = new ArrayList<>();
        int found = 0;
        int left = 0;
        int number = 0;
        for (VCard card = reader.next(); card != null; card = reader.next()) {
            number++;
            String why = found >= MOST ? "many" : card.name().isEmpty() ? "nobody" : "";
            if (why.isEmpty()) {
                found++;
                each.accept(card);
            } else {
                left++;
                if (skipped.size() < MOST_SKIPPED) {
                    skipped.add(new Skipped(number, why));
                }
            }
        }
        for (int i = 0; i < Math.min(reader.refused(), MOST_SKIPPED - skipped.size()); i++) {
            skipped.add(new Skipped(0, "long"));
        }
        return new Report("vcard", charset.name(), found, skipped, left + reader.refused());
    }

    private static Report rows(Reader in, Charset charset, Consumer<VCard> each) throws IOException {
        Csv csv = Csv.of(in);
        List<String> header = csv.next();
        @Nullable CsvContacts columns = header == null ? null : CsvContacts.of(header);
        if (columns == null) {
            return new Report("unknown", charset.name(), 0, List.of(), 0);
        }
        List<Skipped> skipped = new ArrayList<>();
        int found = 0;
        int left = 0;
        int line = csv.line();
        for (List<String> row = csv.next(); row != null; row = csv.next()) {
            VCard card = found >= MOST ? null : columns.card(row);
            if (card == null) {
                left++;
                if (skipped.size() < MOST_SKIPPED) {
                    skipped.add(new Skipped(line, found >= MOST ? "many" : "nobody"));
                }
            } else {
                found++;
                each.accept(card);
            }
            line = csv.line();
        }
        return new Report("csv", charset.name(), found, skipped, left);
    }

    /** By its byte order mark, else UTF-8 when all of it is, else what Windows of the West writes. */
    private static Charset charset(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            in.mark(4);
            byte[] start = in.readNBytes(4);
            in.reset();
            if (start.length >= 2 && ((start[0] == -1 && start[1] == -2) || (start[0] == -2 && start[1] == -1))) {
                return StandardCharsets.UTF_16;
            }
            if (start.length == 4 && start[1] == 0 && start[3] == 0) {
                return StandardCharsets.UTF_16LE;
            }
            return isUtf8(in) ? StandardCharsets.UTF_8 : WINDOWS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isUtf8(InputStream in) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer octets = ByteBuffer.allocate(1 << 14);
        CharBuffer characters = CharBuffer.allocate(1 << 14);
        while (true) {
            int read = in.read(octets.array(), octets.position(), octets.remaining());
            octets.position(octets.position() + Math.max(0, read)).flip();
            CoderResult result = decoder.decode(octets, characters.clear(), read < 0);
            if (result.isError()) {
                return false;
            }
            if (read < 0) {
                return true;
            }
            octets.compact();
        }
    }
}
