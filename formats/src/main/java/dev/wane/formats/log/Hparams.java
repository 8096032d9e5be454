package dev.wane.formats.log;

import dev.wane.formats.wire.WireReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The hyperparameters in a TensorBoard file: a message of the plugin {@code hparams} in the metadata of a summary. */
public final class Hparams {
    private static final String TAG = "_hparams_/session_start_info";
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int SEARCHED = 100;

    private Hparams() {}

    /**
     * Names and values; empty where the first hundred records have none.
     *
     * @throws dev.wane.formats.problem.InputException if it cannot be read
     */
    public static Map<String, String> of(Path file) {
        Map<String, String> found = new LinkedHashMap<>();
        AtomicInteger records = new AtomicInteger();
        try {
            EventFile.records(file, 0, event -> {
                each(event, SUMMARY, summary -> each(summary, VALUE, value -> value(value, found)));
                return found.isEmpty() && records.incrementAndGet() < SEARCHED;
            });
        } catch (IOException e) {
            throw RunLog.problem(file, 0, "cannot be read: " + e.getMessage());
        }
        return found;
    }

    /** The tag comes before the metadata. */
    private static void value(WireReader value, Map<String, String> found) throws IOException {
        boolean wanted = false;
        while (value.next()) {
            if (value.field() == 1 && value.isMessage()) {
                wanted = value.text().equals(TAG);
            } else if (wanted && value.field() == 9 && value.isMessage()) {
                each(value.message(), 1, plugin -> each(plugin, 2, content -> session(content, found)));
            }
        }
    }

    /** session_start_info 3, its hparams 1. */
    private static void session(WireReader content, Map<String, String> found) throws IOException {
        each(content, 3, start -> each(start, 1, entry -> entry(entry, found)));
    }

    private interface Part {
        void read(WireReader message) throws IOException;
    }

    private static void each(WireReader message, int field, Part part) throws IOException {
        while (message.next()) {
            if (message.field() == field && message.isMessage()) {
                part.read(message.message());
            }
        }
    }

    private static void entry(WireReader entry, Map<String, String> found) throws IOException {
        String name = "";
        String value = "";
        while (entry.next()) {
            if (entry.field() == 1 && entry.isMessage()) {
                name = entry.text();
            } else if (entry.field() == 2 && entry.isMessage()) {
                value = text(entry.message());
            }
        }
        found.put(name, value);
    }

    /** google.protobuf.Value: number 2, text 3, boolean 4. */
    private static String text(WireReader value) throws IOException {
        String text = "";
        while (value.next()) {
            text = switch (value.field()) {
                case 2 -> Double.toString(value.asDouble());
                case 3 -> value.text();
                case 4 -> Boolean.toString(value.value() != 0);
                default -> text;
            };
        }
        return text;
    }
}
