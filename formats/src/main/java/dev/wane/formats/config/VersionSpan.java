package dev.wane.formats.config;

import dev.wane.formats.problem.Position;
import dev.wane.formats.tree.Node;
import java.lang.module.ModuleDescriptor.Version;
import org.jspecify.annotations.Nullable;

/**
 * A value over a range of versions.
 *
 * @param written the value; empty for a range alone
 * @param from the first version that has it; null for all before {@code before}
 * @param before the first version that has it no more; null where it still stands
 */
record VersionSpan(
        Node.Scalar written,
        @Nullable Version from,
        @Nullable Version before) {
    private static final Node.Scalar NOTHING = new Node.Scalar(Position.option(), "", false);

    /** Every version. */
    static final VersionSpan EVERY = new VersionSpan(NOTHING, null, null);

    /** As it stands in a file: {@code {value: 2e-5, from: 0.5.4, before: 0.9.0}}. */
    static VersionSpan of(Node node) {
        Lookup entry = new Lookup((Node.Mapping) node);
        Node.Scalar value =
                entry.find("value").map(found -> (Node.Scalar) found.value()).orElse(NOTHING);
        return new VersionSpan(value, version(entry, "from"), version(entry, "before"));
    }

    private static @Nullable Version version(Lookup entry, String key) {
        String text = entry.textOr("", key);
        return text.isEmpty() ? null : Version.parse(text);
    }

    /** One version alone, as an empty range that begins with it. */
    static VersionSpan only(Version version) {
        return new VersionSpan(NOTHING, version, version);
    }

    /** A number where it is one, else text. */
    Object value() {
        Double number = Lookup.number(written);
        return number == null ? written.text() : number;
    }

    /** Whether some version is in both. */
    boolean overlaps(VersionSpan other) {
        return begins(other) && other.begins(this);
    }

    /** Whether this begins before the other ends; a range of one version is within every range that has it. */
    private boolean begins(VersionSpan other) {
        return from == null
                || other.before == null
                || from.compareTo(other.before) < 0
                || (from.equals(other.before) && other.before.equals(other.from));
    }

    /** The versions of both; the value of neither. */
    VersionSpan and(VersionSpan other) {
        Version later = from == null || (other.from != null && other.from.compareTo(from) > 0) ? other.from : from;
        Version earlier =
                before == null || (other.before != null && other.before.compareTo(before) < 0) ? other.before : before;
        return new VersionSpan(NOTHING, later, earlier);
    }

    /** {@code " since 0.5.4, before 0.9.0"}; empty for every version. */
    String versions() {
        String since = from == null ? "" : " since " + from;
        return before == null ? since : since + (from == null ? "" : ",") + " before " + before;
    }

    /** The value with its versions. */
    String text() {
        return written.text() + versions();
    }
}
