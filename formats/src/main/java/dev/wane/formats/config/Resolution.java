package dev.wane.formats.config;

import dev.wane.formats.problem.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every quantity of a configuration with where it comes from, in the order in which it was resolved. */
public final class Resolution {
    private final Map<String, Quantity> quantities;

    private Resolution(Map<String, Quantity> quantities) {
        this.quantities = new LinkedHashMap<>(quantities);
    }

    public List<Quantity> all() {
        return List.copyOf(quantities.values());
    }

    /** Null where it is unresolved or not part of this configuration. */
    public @Nullable Double number(String name) {
        Quantity quantity = quantities.get(name);
        return quantity != null && quantity.value() instanceof Double value ? value : null;
    }

    public @Nullable String text(String name) {
        Quantity quantity = quantities.get(name);
        return quantity == null || quantity.value() == null
                ? null
                : quantity.value().toString();
    }

    /** Whether it stands in a file or on the command line. */
    public boolean given(String name) {
        Quantity quantity = quantities.get(name);
        return quantity != null
                && (quantity.origin() instanceof Origin.Written || quantity.origin() instanceof Origin.Given);
    }

    /** Null where it is not part of this configuration. */
    @Nullable
    Quantity quantity(String name) {
        return quantities.get(name);
    }

    /** Whether it belongs to this configuration and could not be known. */
    public boolean unresolved(String name) {
        Quantity quantity = quantities.get(name);
        return quantity != null && quantity.origin() instanceof Origin.Unresolved;
    }

    /** Where a quantity comes from; it is part of this configuration. */
    Origin origin(String name) {
        return Objects.requireNonNull(quantities.get(name), name).origin();
    }

    /** Where a quantity is written; null where it is not. */
    public Origin.@Nullable Written written(String name) {
        Quantity quantity = quantities.get(name);
        return quantity != null && quantity.origin() instanceof Origin.Written written ? written : null;
    }

    /** The key that would say something else than the program's default; null where it is written, or has none. */
    public @Nullable String usualKey(String name) {
        Quantity quantity = quantities.get(name);
        return quantity != null && quantity.origin() instanceof Origin.DefaultOf usual ? usual.key() : null;
    }

    /** Collects quantities. */
    static final class Builder {
        private final Map<String, Quantity> quantities = new LinkedHashMap<>();
        private final Defaults defaults;

        /** @param defaults what the program takes where nothing is written */
        Builder(Defaults defaults) {
            this.defaults = defaults;
        }

        Builder put(String name, @Nullable Object value, Origin origin) {
            quantities.put(name, new Quantity(name, value, origin));
            return this;
        }

        /** A key that is written, or the program's default. */
        Builder number(String name, Lookup lookup, String... keys) {
            Found<Double> found = lookup.number(keys);
            return found == null ? byDefault(name, keys[keys.length - 1]) : put(name, found.value(), found.origin());
        }

        Builder text(String name, Lookup lookup, String... keys) {
            return found(name, lookup.text(keys));
        }

        /** A key that is written, or the default of what stands in the file: an optimizer's class, say. */
        Builder number(String name, Lookup lookup, String owner, double fallback, String... keys) {
            Resolution.Found<?> found = lookup.number(keys);
            return found == null
                    ? put(name, fallback, new Origin.DefaultOf(owner))
                    : put(name, found.value(), found.origin());
        }

        private Builder found(String name, Resolution.@Nullable Found<?> found) {
            return found == null ? byDefault(name) : put(name, found.value(), found.origin());
        }

        /** The program's default, with the key that would say something else. */
        private Builder byDefault(String name, String key) {
            Quantity usual = defaults.quantity(name);
            return usual.origin() instanceof Origin.DefaultOf of
                    ? put(name, usual.value(), new Origin.DefaultOf(of.program(), key))
                    : put(name, usual.value(), usual.origin());
        }

        /** The program's default. */
        Builder byDefault(String name) {
            Quantity usual = defaults.quantity(name);
            quantities.put(name, usual);
            return this;
        }

        Defaults defaults() {
            return defaults;
        }

        /** A key that is written, or not known. */
        Builder known(String name, Resolution.@Nullable Found<?> found, String remedy) {
            return found == null
                    ? put(name, null, new Origin.Unresolved(remedy))
                    : put(name, found.value(), found.origin());
        }

        /** A key that is written; nothing where it is not. */
        Builder optional(String name, Resolution.@Nullable Found<?> found) {
            return found == null ? this : put(name, found.value(), found.origin());
        }

        /** Both betas under one key; nothing where they are not written. */
        Builder betas(Optional<Lookup.Pair> pair) {
            pair.ifPresent(
                    both -> put("beta1", both.first(), both.origin()).put("beta2", both.second(), both.origin()));
            return this;
        }

        /** Samples per epoch, which trainers take from the data. */
        Builder datasetSize(Sources sources) {
            return sources.datasetSize() == null
                    ? put("datasetSize", null, new Origin.Unresolved("--dataset-size N (samples per epoch)"))
                    : put("datasetSize", sources.datasetSize(), new Origin.Given("--dataset-size"));
        }

        boolean has(String name) {
            Quantity quantity = quantities.get(name);
            return quantity != null && quantity.value() != null;
        }

        @Nullable
        Double number(String name) {
            return build().number(name);
        }

        @Nullable
        String text(String name) {
            return build().text(name);
        }

        Resolution build() {
            return new Resolution(quantities);
        }
    }

    /** A value and where it was found; a null value was found and says nothing, as {@code "auto"} does. */
    record Found<T>(@Nullable T value, Origin origin) {
        static Origin at(Position position, String key) {
            return new Origin.Written(position, key);
        }
    }
}
