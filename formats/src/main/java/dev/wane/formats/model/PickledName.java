package dev.wane.formats.model;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A global name in a pickle, and what becomes of a call to it; no class of it is ever loaded. */
record PickledName(String name) {
    private static final Set<String> REBUILT = Set.of(
            "torch._utils._rebuild_tensor_v2",
            "torch._utils._rebuild_tensor_v3",
            "torch._utils._rebuild_tensor",
            "torch._utils._rebuild_parameter",
            "torch._utils._rebuild_parameter_with_state",
            "torch._tensor._rebuild_from_type_v2",
            "torch.Size");
    private static final Set<String> MAPS =
            Set.of("collections.OrderedDict", "collections.defaultdict", "collections.Counter");
    private static final Pattern MAP_LIKE = Pattern.compile("(pytorch_)?lightning\\..*AttributeDict");
    private static final Pattern TYPE = Pattern.compile(
            "torch\\.(\\w+Storage|float\\w*|bfloat16|half|double|u?int\\w*|long|short|bool|device|Tensor|storage\\.\\w+"
                    + "|nn\\.parameter\\.(Parameter|Buffer))");

    /** What checkpoints hold beside weights: settings, numbers of NumPy, loss scalers. Their contents are left out. */
    private static final List<Pattern> BESIDE = List.of(
            Pattern.compile(
                    "(__builtin__|builtins)\\.(set|frozenset|bytearray|complex|object|slice|range|long|int|float|bool|str|list|tuple|dict)"),
            Pattern.compile("argparse\\.Namespace"),
            Pattern.compile("_codecs\\.encode"),
            Pattern.compile("numpy\\.(dtype|ndarray|(_?core)\\.multiarray\\.(scalar|_reconstruct))"),
            Pattern.compile("pathlib\\.\\w*Path"),
            Pattern.compile("omegaconf\\.[\\w.]+"),
            Pattern.compile("typing\\.Any"),
            Pattern.compile("deepspeed\\.runtime\\.[\\w.]*(LossScaler\\w*|\\w*Stage\\w*)"),
            Pattern.compile("(pytorch_)?lightning\\.[\\w.]+"));

    boolean isKnown() {
        return REBUILT.contains(name) || isMap() || isOpaque();
    }

    boolean isMap() {
        return MAPS.contains(name) || MAP_LIKE.matcher(name).matches();
    }

    boolean isOpaque() {
        return TYPE.matcher(name).matches()
                || BESIDE.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
