package dev.wane.formats.config;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Data sets whose size is part of their name. */
final class KnownData {
    private static final Map<String, Double> SIZES = Map.of(
            "imagenet",
            1_281_167.0,
            "imagenet1k",
            1_281_167.0,
            "imagenet2012",
            1_281_167.0,
            "cifar10",
            50_000.0,
            "cifar100",
            50_000.0);

    private KnownData() {}

    /** Training samples; null where the name does not say. */
    static @Nullable Double size(String name) {
        return SIZES.get(name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", ""));
    }
}
