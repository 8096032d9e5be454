package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys of a configuration as the programs that own it do: numbers may be quoted, {@code True} is true, a list of
 * one number is that number, and {@code auto} says that another program will decide.
 */
final class Lookup {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d[\\d_]*\\.?[\\d_]*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Set<String> NOTHING = Set.of("", "~", "null", "none");
    private static final Set<String> TRUE = Set.of("true", "yes", "on", "1");

    private final Node.Mapping root;

    Lookup(Node.Mapping root) {
        this.root = root;
    }

    /** Nothing at all. */
    Lookup empty() {
        return new Lookup(new Node.Mapping(root.position(), Map.of()));
    }

    /** The same with another value under a key. */
    Lookup with(String key, Node value) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(root.entries());
        entries.put(key, new Node.Entry(value.position(), value));
        return new Lookup(new Node.Mapping(root.position(), entries));
    }

    Node.Mapping root() {
        return root;
    }

    /** The first of several keys that is written with a value; dots lead into mappings. */
    Optional<Entry> find(String... keys) {
        for (String key : keys) {
            Optional<Entry> entry = find(root, key, key);
            if (entry.isPresent()) {
                return entry;
            }
        }
        return Optional.empty();
    }

    /** Also what may be written in a section that a program computes. */
    private Optional<Entry> findOrInside(String... keys) {
        return find(keys)
                .or(() -> Arrays.stream(keys)
                        .flatMap(key -> computed(root, key, key).stream())
                        .findFirst());
    }

    private static Optional<Entry> computed(Node.Mapping mapping, String path, String whole) {
        int dot = path.indexOf('.');
        Node.Entry inner = dot < 0 ? null : spelled(mapping, path.substring(0, dot));
        if (inner != null && inner.value() instanceof Node.Mapping next) {
            return computed(next, path.substring(dot + 1), whole);
        }
        return inner != null
                        && inner.value() instanceof Node.Scalar scalar
                        && scalar.text().equals(Node.COMPUTED)
                ? Optional.of(new Entry(whole, scalar))
                : Optional.empty();
    }

    /** A key as it is written. */
    record Entry(String key, Node value) {}

    boolean has(String... keys) {
        return find(keys).isPresent();
    }

    private static Optional<Entry> find(Node.Mapping mapping, String path, String whole) {
        Node.Entry direct = spelled(mapping, path);
        if (direct != null) {
            return isNothing(direct.value()) ? Optional.empty() : Optional.of(new Entry(whole, direct.value()));
        }
        int dot = path.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        Node.Entry inner = spelled(mapping, path.substring(0, dot));
        return inner != null && inner.value() instanceof Node.Mapping next
                ? find(next, path.substring(dot + 1), whole)
                : Optional.empty();
    }

    /** Programs that read a command line take dashes and underscores for the same. */
    private static Node.@Nullable Entry spelled(Node.Mapping mapping, String key) {
        Node.Entry written = mapping.entries().get(key);
        return written != null ? written : mapping.entries().get(key.replace('_', '-'));
    }

    private static boolean isNothing(Node node) {
        return node instanceof Node.Scalar scalar
                && (scalar.text().isBlank()
                        || (!scalar.quoted() && NOTHING.contains(scalar.text().toLowerCase(Locale.ROOT))));
    }

    /** Null where no key is written. */
    @Nullable
    Found<Double> number(String... keys) {
        return findOrInside(keys)
                .map(entry -> new Found<>(
                        number(entry.value()), Found.at(entry.value().position(), entry.key())))
                .orElse(null);
    }

    /** Whether one of the keys is written with a value that is no number, as a variable from outside is none. */
    boolean unresolved(String... keys) {
        return Arrays.stream(keys).map(this::number).anyMatch(found -> found != null && found.value() == null);
    }

    /** The number that is written, or another where none is. */
    double numberOr(double otherwise, String... keys) {
        Found<Double> written = number(keys);
        return written == null || written.value() == null ? otherwise : written.value();
    }

    @Nullable
    Found<String> text(String... keys) {
        return findOrInside(keys)
                .map(entry ->
                        new Found<>(text(entry.value()), Found.at(entry.value().position(), entry.key())))
                .orElse(null);
    }

    /** The text that is written, or another where none is. */
    String textOr(String otherwise, String... keys) {
        Found<String> written = text(keys);
        return written == null || written.value() == null ? otherwise : written.value();
    }

    boolean flag(String... keys) {
        return find(keys)
                .map(entry -> text(entry.value()))
                .filter(text -> TRUE.contains(text.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    Optional<Lookup> section(String key) {
        return find(key)
                .map(Entry::value)
                .filter(Node.Mapping.class::isInstance)
                .map(node -> new Lookup((Node.Mapping) node));
    }

    /** Two numbers under one key. */
    record Pair(double first, double second, Origin origin) {}

    Optional<Pair> pair(String... keys) {
        return find(keys).flatMap(entry -> {
            List<Double> both = numbers(entry.value());
            return both.size() != 2
                    ? Optional.empty()
                    : Optional.of(new Pair(
                            both.get(0), both.get(1), Found.at(entry.value().position(), entry.key())));
        });
    }

    /** Numbers in a list, or in a tuple that YAML reads as text: {@code (60000, 80000)}; empty where there is another thing. */
    static List<Double> numbers(@Nullable Node node) {
        List<Node> items = new ArrayList<>();
        if (node instanceof Node.Sequence sequence) {
            items.addAll(sequence.items());
        } else if (node instanceof Node.Scalar scalar) {
            String inside = scalar.text().strip().replaceAll("^[(\\[]|[)\\]]$", "");
            Arrays.stream(inside.split(",", -1))
                    .filter(part -> !part.isBlank())
                    .forEach(part -> items.add(new Node.Scalar(scalar.position(), part.strip(), false)));
        }
        List<Double> numbers = new ArrayList<>();
        for (Node item : items) {
            Double number = number(item);
            if (number == null) {
                return List.of();
            }
            numbers.add(number);
        }
        return numbers;
    }

    static @Nullable Double number(Node node) {
        String text = text(node);
        return text != null && NUMBER.matcher(text).matches() ? Double.valueOf(text.replace("_", "")) : null;
    }

    private static @Nullable String text(Node node) {
        return switch (node) {
            case Node.Scalar scalar when !scalar.quoted() && scalar.text().equals(Node.COMPUTED) -> null;
            case Node.Scalar scalar -> scalar.text().strip();
            case Node.Sequence sequence
            when sequence.items().size() == 1 -> text(sequence.items().getFirst());
            default -> null;
        };
    }
}
