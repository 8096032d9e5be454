package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The DeepSpeed file that a trainer's file names. Its path is seen from where the trainer is started, mostly the top of a
 * repository: it is looked for from the folder of the trainer's file upwards.
 */
final class LinkedDeepSpeed {
    private static final int LEVELS = 5;

    private LinkedDeepSpeed() {}

    /** Where the file is said to be: {@code --deepspeed} may be a switch beside it. Null where none is. */
    static @Nullable Found<String> named(Lookup root) {
        return root.flag("deepspeed") ? root.text("deepspeed_config") : root.text("deepspeed", "deepspeed_config");
    }

    /** Empty where no file is named, or none is there. */
    static Optional<Lookup> of(Lookup root) {
        Found<String> name = named(root);
        if (name == null || name.value() == null || !(name.origin() instanceof Origin.Written written)) {
            return Optional.empty();
        }
        Path relative = path(name.value());
        Path main = path(written.position().file());
        if (relative == null || main == null || !name.value().endsWith(".json") || outside(relative)) {
            return Optional.empty();
        }
        return Stream.iterate(main.toAbsolutePath().getParent(), folder -> folder != null, Path::getParent)
                .limit(LEVELS)
                .map(folder -> folder.resolve(relative))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(TreeReader::read)
                .filter(Node.Mapping.class::isInstance)
                .map(tree -> new Lookup((Node.Mapping) tree))
                .filter(DeepSpeedConfig::is);
    }

    /** A path that leaves the folder it is seen from names no file of this project. */
    private static boolean outside(Path relative) {
        return relative.isAbsolute() || relative.normalize().startsWith("..");
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
