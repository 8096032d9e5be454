package dev.wane.formats.tree;

import dev.wane.formats.problem.Position;
import java.util.List;
import java.util.Map;

/** A value in a configuration file and where it stands. */
public sealed interface Node {
    /** The text of a plain scalar whose value a program would compute: it is written, and not known. */
    String COMPUTED = "<computed>";

    /** Where the value begins. */
    Position position();

    /** What the value is, for messages. */
    String kind();

    /**
     * A number, string, boolean or null, as its text.
     *
     * @param text the text without quotes
     * @param quoted whether it was written as a string
     */
    record Scalar(Position position, String text, boolean quoted) implements Node {
        @Override
        public String kind() {
            return "'" + text + "'";
        }
    }

    /** Items in order. */
    record Sequence(Position position, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * Keys in file order, each with its value.
     *
     * @param repeated keys that are given twice with two values, of which the last is among the entries
     */
    record Mapping(Position position, Map<String, Entry> entries, List<Repeated> repeated) implements Node {
        public Mapping {
            repeated = List.copyOf(repeated);
        }

        /** Each key once. */
        public Mapping(Position position, Map<String, Entry> entries) {
            this(position, entries, List.of());
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /**
     * A key that is given again with another value. Many programs take the last without a word.
     *
     * @param key its name
     * @param first where it stands first
     * @param last the value that counts
     */
    record Repeated(String key, Position first, Node last) {}

    /**
     * A value under a key.
     *
     * @param keyPosition where the key stands
     * @param value the value
     */
    record Entry(Position keyPosition, Node value) {}
}
