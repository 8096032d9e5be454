package dev.wane.lab.command;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Tells the {@link Janitor} which processes must not outlive this one. */
public final class Trialwatch implements AutoCloseable {
    /** Ctrl-C reaches every process of the terminal, and this one must be the last: a program begins as deaf as its shell. */
    private static final String DEAF = "trap '' INT HUP TERM; exec \"$0\" \"$@\"";

    private final Process janitor;
    private final OutputStream pipe;

    private Trialwatch(Process janitor) {
        this.janitor = janitor;
        this.pipe = janitor.getOutputStream();
    }

    /**
     * Starts the janitor.
     *
     * @throws UncheckedIOException if this Java cannot be started again
     */
    public static Trialwatch start() {
        try {
            return new Trialwatch(new ProcessBuilder(
                            "sh",
                            "-c",
                            DEAF,
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx32m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            ownJar(),
                            Janitor.class.getName())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("the process that ends what is left over cannot be started", e);
        }
    }

    private static String ownJar() {
        try {
            return new File(Janitor.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getPath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(ProcessHandle process, String mark) {
        tell("+ " + process.pid() + " " + Janitor.started(process) + " " + mark);
    }

    void remove(ProcessHandle process) {
        tell("- " + process.pid());
    }

    private synchronized void tell(String line) {
        try {
            pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the process that ends what is left over has ended itself", e);
        }
    }

    /** Ends the janitor, and with it what it still knows of. */
    @Override
    public void close() {
        try {
            pipe.close();
            janitor.waitFor();
        } catch (IOException e) {
            janitor.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
