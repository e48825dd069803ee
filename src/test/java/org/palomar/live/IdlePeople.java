package org.palomar.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.palomar.testing.Product;
import org.palomar.testing.Servers;

/**
 * Prints how much heap a person takes who is signed in, has a page open and does nothing: HTTP session, mail session, watch and stream.
 * The people and their mail server, a stub, live in a process of their own. Not a test, since it takes minutes:
 *
 * <pre>./mvnw -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.palomar.live.IdlePeople -Dexec.args=5000</pre>
 */
final class IdlePeople {

    private static final int AT_ONCE = 16;

    private IdlePeople() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 1) {
            people(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            return;
        }
        int many = args.length == 1 ? Integer.parseInt(args[0]) : 5_000;
        int imap = Servers.freePort();
        try (Product product = Product.at(
                imap,
                "palomar.imap.idle-close=5s",
                "palomar.imap.watch.connections=" + (many + 100),
                "palomar.live.beat=60s",
                "server.tomcat.max-connections=" + (many * 2 + 1_000))) {
            long empty = used();
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("palomar.class-path", System.getProperty("java.class.path")),
                            IdlePeople.class.getName(),
                            String.valueOf(many),
                            String.valueOf(imap),
                            String.valueOf(product.port()))
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = out.readLine();
                while (line != null && !line.equals("ready")) {
                    System.err.println(line);
                    line = out.readLine();
                }
                // Connections for pages close by themselves; only watches stay.
                TimeUnit.SECONDS.sleep(20);
                int watched = product.bean(Pages.class).watched();
                long full = used();
                System.err.printf(
                        "%,d people with a live watch and an open stream: %,d KB of heap each (%,d KB in all, %,d KB without them)%n",
                        watched, (full - empty) / 1024 / Math.max(1, watched), full / 1024, empty / 1024);
            } finally {
                process.destroy();
            }
        }
        System.exit(0);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            TimeUnit.SECONDS.sleep(1);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The other process: a mail server that knows everybody, and everybody. */
    private static void people(int many, int imap, int web) throws Exception {
        ServerSocket listener = new ServerSocket(imap, 1_000, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> serve(listener));
        Semaphore places = new Semaphore(AT_ONCE);
        AtomicInteger done = new AtomicInteger();
        ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int person = 0; person < many; person++) {
            int number = person;
            places.acquire();
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    open.add(listen(number, web));
                    if (done.incrementAndGet() % 500 == 0) {
                        System.out.println(done + " people are here");
                    }
                } catch (IOException e) {
                    System.out.println(number + ": " + e);
                } finally {
                    places.release();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("ready");
        TimeUnit.HOURS.sleep(1);
    }

    private static Socket listen(int number, int web) throws IOException {
        String page = ask(web, "GET /login HTTP/1.0\r\n\r\n");
        String session = find("JSESSIONID=([0-9A-F]+)", page);
        String token = find("name=\"_csrf\"[^>]*value=\"([^\"]+)\"", page);
        String form = "username=person" + number + "%40palomar.example&password=x&_csrf=" + token;
        String answer = ask(
                web,
                "POST /login HTTP/1.0\r\nCookie: JSESSIONID=" + session
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                        + "\r\n\r\n" + form);
        String cookies = "JSESSIONID=" + find("JSESSIONID=([0-9A-F]+)", answer) + "; palomar_key="
                + find("palomar_key=([^;]+)", answer);
        Socket stream = new Socket(InetAddress.getLoopbackAddress(), web);
        stream.getOutputStream()
                .write(("GET /events HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookies + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8), 512);
        for (String line = in.readLine(); !line.endsWith("live"); line = in.readLine()) {
            if (line.startsWith("HTTP/1.1 3") || line.startsWith("HTTP/1.1 5")) {
                throw new IOException(line);
            }
        }
        return stream;
    }

    private static String ask(int web, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), web)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String find(String pattern, String text) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + text.substring(0, Math.min(text.length(), 300)));
        }
        return matcher.group(1);
    }

    private static void serve(ServerSocket listener) {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            System.out.println("no more mail: " + e);
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 512);
            OutputStream out = socket.getOutputStream();
            say(out, "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hello");
            String idle = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String tag = line.equals("DONE") ? idle : line.substring(0, line.indexOf(' '));
                String rest = line.substring(line.indexOf(' ') + 1);
                if (rest.startsWith("EXAMINE")) {
                    say(out, "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n" + tag + " OK done");
                } else if (rest.equals("IDLE")) {
                    idle = tag;
                    say(out, "+ idling");
                } else if (rest.startsWith("NOTIFY")) {
                    StringBuilder all = new StringBuilder();
                    for (int box = 0; box < 12; box++) {
                        all.append("* STATUS Box").append(box);
                        all.append(" (MESSAGES 9 UIDNEXT 10 UIDVALIDITY 3 UNSEEN 1 HIGHESTMODSEQ 9)\r\n");
                    }
                    say(out, all + tag + " OK done");
                } else if (rest.startsWith("AUTHENTICATE")) {
                    say(out, tag + " OK [CAPABILITY IMAP4rev1 IDLE NOTIFY CONDSTORE UNSELECT UIDPLUS] in");
                } else {
                    say(out, tag + " OK done");
                }
            }
        } catch (IOException e) {
            System.out.println("a client went away: " + e.getMessage());
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
