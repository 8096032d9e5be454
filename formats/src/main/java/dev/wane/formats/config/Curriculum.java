package dev.wane.formats.config;

import dev.wane.formats.tree.Node;
import java.util.Optional;

/** DeepSpeed's sequences that grow during the run: how many steps make so many tokens is then not told by their last length. */
final class Curriculum {
    private static final String[] SWITCHES = {"curriculum_learning_legacy", "data_efficiency_curriculum_learning"};
    private static final String[] TOKENS = {"train_tokens", "lr_decay_tokens", "lr_warmup_tokens"};

    private Curriculum() {}

    /** The arguments, with what is counted in tokens unknown where sequences grow, or a file is named that may say so. */
    static Lookup in(Lookup root, Sources sources) {
        if (!grows(root, sources)) {
            return root;
        }
        Lookup open = root;
        for (String key : TOKENS) {
            Optional<Lookup.Entry> written = root.find(key);
            open = written.isPresent() ? open.with(key, unknown(written.get().value())) : open;
        }
        return open;
    }

    private static boolean grows(Lookup root, Sources sources) {
        if (root.flag(SWITCHES)) {
            return true;
        }
        Optional<Lookup> file = sources.beside(DeepSpeedConfig::is).or(() -> LinkedDeepSpeed.of(root));
        return file.map(found -> found.flag("curriculum_learning.enabled"))
                .orElse(root.has("deepspeed_config") && root.flag("deepspeed"));
    }

    private static Node unknown(Node written) {
        return new Node.Scalar(written.position(), Node.COMPUTED, false);
    }
}
