package dev.wane.formats.config;

import dev.wane.formats.tree.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Hugging Face's arguments in a section of a file that some script reads. What is not written there may be the script's
 * choice, so that no default is taken for it.
 */
final class HfSectionConfig implements ConfigFormat {
    /** In the arguments: they come from a section. */
    static final String SECTION = "$section";

    private static final List<String> ADAPTERS = List.of("lora", "peft", "lora_config", "peft_config", "adapter");
    private static final String[] OFF = {"enabled", "enable", "use_lora", "use_peft", "use"};
    private static final String[] MODELS = {
        "model.name",
        "model.model_name",
        "model.name_or_path",
        "model.model_name_or_path",
        "model.base_model",
        "model_name"
    };

    private final HfTrainerConfig trainer = new HfTrainerConfig();

    @Override
    public String id() {
        return "hf-section";
    }

    @Override
    public boolean recognises(Lookup root) {
        return section(root).isPresent();
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        return trainer.resolve(sources.with(
                section(root).map(section -> arguments(root, section)).orElse(sources.main())));
    }

    /** The one section, or section of a section, with such arguments; empty where there are none or several. */
    private Optional<Lookup> section(Lookup root) {
        List<Lookup> found = inside(root)
                .flatMap(section -> Stream.concat(Stream.of(section), inside(section)))
                .filter(section -> section.has("per_device_train_batch_size"))
                .filter(trainer::recognises)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static Stream<Lookup> inside(Lookup lookup) {
        return lookup.root().entries().values().stream()
                .map(Node.Entry::value)
                .filter(Node.Mapping.class::isInstance)
                .map(node -> new Lookup((Node.Mapping) node));
    }

    /** The arguments, and what the sections beside them say of the model. */
    private static Node.Mapping arguments(Lookup root, Lookup section) {
        Map<String, Node.Entry> arguments = new LinkedHashMap<>(section.root().entries());
        mark(arguments, SECTION, section.root());
        root.find(MODELS).ifPresent(model -> mark(arguments, "model_name_or_path", model.value()));
        ADAPTERS.stream()
                .map(root::section)
                .flatMap(Optional::stream)
                .filter(adapter -> !isOff(adapter) && !isOff(section))
                .findFirst()
                .ifPresent(adapter -> mark(arguments, "peft_config", adapter.root()));
        return new Node.Mapping(section.root().position(), arguments);
    }

    private static boolean isOff(Lookup lookup) {
        return lookup.has(OFF) && !lookup.flag(OFF);
    }

    private static void mark(Map<String, Node.Entry> arguments, String key, Node node) {
        arguments.putIfAbsent(key, new Node.Entry(node.position(), node));
    }
}
