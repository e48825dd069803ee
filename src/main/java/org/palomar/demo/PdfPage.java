package org.palomar.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One A4 page of text as PDF 1.4; the first line is the title. Latin-1 only. */
final class PdfPage {

    private PdfPage() {}

    static byte[] of(List<String> lines) {
        List<String> objects = new ArrayList<>();
        objects.add("<< /Type /Catalog /Pages 2 0 R >>");
        objects.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        objects.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R"
                + " /Resources << /Font << /B 4 0 R /R 5 0 R >> >> >>");
        objects.add("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>");
        objects.add("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>");
        String content = content(lines);
        objects.add("<< /Length " + content.length() + " >>\nstream\n" + content + "\nendstream");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        append(out, "%PDF-1.4\n");
        StringBuilder table = new StringBuilder("0000000000 65535 f \n");
        for (int number = 1; number <= objects.size(); number++) {
            table.append("%010d 00000 n \n".formatted(out.size()));
            append(out, number + " 0 obj\n" + objects.get(number - 1) + "\nendobj\n");
        }
        int start = out.size();
        int size = objects.size() + 1;
        append(out, "xref\n0 " + size + "\n" + table);
        append(out, "trailer\n<< /Size " + size + " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n");
        return out.toByteArray();
    }

    private static String content(List<String> lines) {
        StringBuilder content = new StringBuilder("BT /B 22 Tf 72 760 Td (" + escape(lines.getFirst()) + ") Tj\n");
        content.append("/R 12 Tf 18 TL 0 -36 Td\n");
        for (String line : lines.subList(1, lines.size())) {
            content.append('(').append(escape(line)).append(") Tj T*\n");
        }
        return content.append("ET").toString();
    }

    private static String escape(String line) {
        return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)");
    }

    private static void append(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
