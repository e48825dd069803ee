package org.palomar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Feeds a reader with what nobody wrote: pieces of real input, cut, mixed and bitten. What was found once is kept in
 * {@code src/test/resources/fuzz/name-what.bin} and tried first; then a second with a fixed seed, or with
 * {@code -Dfuzz.seconds=600} longer, each time from another seed, which is printed.
 *
 * @param name of the reader, lower case
 * @param charset the reader's input is written in
 * @param pieces what its input is made of
 * @param reader fails for what it must not do
 */
public record Fuzz(String name, Charset charset, List<String> pieces, Consumer<byte[]> reader) {

    private static final Path KEPT = Path.of("src/test/resources/fuzz");
    private static final int LONGEST = 20_000;
    private static final int POOL = 200;

    /** Nobody waits longer for one input; generous, as machines may be loaded. */
    private static final long SLOW = 5_000_000_000L;

    public void run() throws IOException {
        found();
        int seconds = Integer.getInteger("fuzz.seconds", 1);
        long seed = seconds == 1 ? 20_261_123 : System.nanoTime();
        Random random = new Random(seed);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<byte[]> pool = new ArrayList<>();
        int tried = 0;
        while (System.nanoTime() < end) {
            byte[] input = next(random, pool);
            tried++;
            attempt(input);
            if (random.nextInt(20) == 0) {
                if (pool.size() < POOL) {
                    pool.add(input);
                } else {
                    pool.set(random.nextInt(POOL), input);
                }
            }
        }
        System.err.println("fuzz: " + name + " " + tried + " inputs in " + seconds + " s, seed " + seed);
        assertThat(tried).isPositive();
    }

    private void found() throws IOException {
        try (Stream<Path> kept = Files.list(KEPT)) {
            for (Path file : kept.filter(path -> path.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .startsWith(name + "-"))
                    .toList()) {
                attempt(Files.readAllBytes(file));
            }
        }
    }

    private void attempt(byte[] input) {
        long start = System.nanoTime();
        try {
            reader.accept(input);
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
            fail(name + " fails on " + Base64.getEncoder().encodeToString(input), e);
        }
        if (System.nanoTime() - start > SLOW) {
            fail(name + " is slow on " + Base64.getEncoder().encodeToString(input));
        }
    }

    private byte[] next(Random random, List<byte[]> pool) {
        StringBuilder input = new StringBuilder();
        if (!pool.isEmpty() && random.nextBoolean()) {
            input.append(new String(pool.get(random.nextInt(pool.size())), StandardCharsets.ISO_8859_1));
        }
        for (int i = random.nextInt(40); i > 0 && input.length() < LONGEST; i--) {
            int at = random.nextInt(input.length() + 1);
            switch (random.nextInt(6)) {
                case 0 -> input.insert(at, (char) random.nextInt(256));
                case 1 -> input.delete(at, Math.min(input.length(), at + random.nextInt(30)));
                case 2 -> input.insert(at, input.substring(at, Math.min(input.length(), at + random.nextInt(200))));
                case 3 -> {
                    if (at < input.length()) {
                        input.setCharAt(at, (char) (input.charAt(at) ^ 1 << random.nextInt(8)));
                    }
                }
                default -> {
                    String piece = pieces.get(random.nextInt(pieces.size()));
                    input.insert(at, piece.repeat(random.nextInt(30) == 0 ? 200 : 1));
                }
            }
        }
        return input.toString().getBytes(charset);
    }
}
