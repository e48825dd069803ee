package org.palomar.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Writes a receipt as multipart/report (RFC 6522, RFC 8098 section 3). */
public final class ReceiptWriter {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);

    private final SecureRandom random = new SecureRandom();

    /**
     * Writes into a file that is made or replaced.
     *
     * @throws UnsendableAddress when an address cannot be written, before the first octet
     */
    public void write(Receipt receipt, Path to) throws IOException {
        HeaderWriter header = new HeaderWriter()
                .plain("Date", DATE.format(receipt.date()))
                .addresses("From", List.of(receipt.from()))
                .addresses("To", receipt.to())
                .unstructured("Subject", receipt.subject())
                .list("Message-ID", List.of(receipt.messageId().value()));
        HeaderWriter report = new HeaderWriter()
                .plain("Reporting-UA", "Palomar")
                .plain(
                        "Final-Recipient",
                        "rfc822; " + WireAddress.of(receipt.from().address()));
        if (receipt.original() != null && MessageWriter.sendable(receipt.original())) {
            List<String> original = List.of(receipt.original().value());
            header.list("In-Reply-To", original).list("References", original);
            report.list("Original-Message-ID", original);
        }
        report.plain("Disposition", "manual-action/MDN-sent-manually; displayed");
        byte[] unguessable = new byte[16];
        random.nextBytes(unguessable);
        String boundary = "=_" + HexFormat.of().formatHex(unguessable);
        header.plain("Auto-Submitted", "auto-replied")
                .plain("User-Agent", "Palomar")
                .plain("MIME-Version", "1.0");
        try (OutputStream out = Files.newOutputStream(to)) {
            out.write(header.toString().getBytes(StandardCharsets.UTF_8));
            MessageWriter.ascii(
                    out,
                    "Content-Type: multipart/report; report-type=disposition-notification;\r\n boundary=\"" + boundary
                            + "\"\r\n\r\n--" + boundary + "\r\n");
            TextPart.write(receipt.text(), out);
            MessageWriter.ascii(
                    out,
                    "\r\n--" + boundary + "\r\nContent-Type: message/disposition-notification\r\n"
                            + "Content-Transfer-Encoding: 7bit\r\n\r\n" + report + "\r\n--" + boundary + "--\r\n");
        }
    }
}
