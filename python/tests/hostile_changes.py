"""What is changed in a sound model.json, by what one would call it, and texts that are none."""


def layers(model):
    return model["modelTopology"]["config"]["layers"]


def weights(model):
    return model["weightsManifest"][0]["weights"]


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def doubled(levels):
    """Each model calls the one inside twice."""
    inner = {"class_name": "Activation", "config": {"name": "a", "activation": "relu"}}
    for i in range(levels):
        first = 1 if i else 0
        given = {"class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [None, 4]}, "inbound_nodes": []}
        name = inner["config"]["name"]
        calls = [[["x", 0, 0]], [[name, first, 0]]]
        config = {"name": f"m{i}", "layers": [given, {**inner, "inbound_nodes": calls}]}
        config.update(input_layers=[["x", 0, 0]], output_layers=[[name, first + 1, 0]])
        inner = {"class_name": "Model", "config": config}
    return inner


CHANGES = {
    "other bytes than were saved": lambda m: m["weightsManifest"][0].update(sha256="0" * 64),
    "a list for a digest": lambda m: m["weightsManifest"][0].update(sha256=[1]),
    "a path out of the folder": lambda m: m["weightsManifest"][0].update(paths=["../w.bin"]),
    "an absolute path": lambda m: m["weightsManifest"][0].update(paths=["/etc/passwd"]),
    "a path of Windows": lambda m: m["weightsManifest"][0].update(paths=["..\\w.bin"]),
    "an address": lambda m: m["weightsManifest"][0].update(paths=["file://w.bin"]),
    "a path with a zero": lambda m: m["weightsManifest"][0].update(paths=["w.bin\0"]),
    "half a character": lambda m: m["weightsManifest"][0].update(paths=["\ud800"]),
    "a number for a path": lambda m: m["weightsManifest"][0].update(paths=[1]),
    "a missing file": lambda m: m["weightsManifest"][0].update(paths=["no.bin"]),
    "a folder for a file": lambda m: m["weightsManifest"][0].update(paths=["sub"]),
    "a file twice": lambda m: m["weightsManifest"][0].update(paths=["w.bin", "w.bin"]),
    "no paths": lambda m: m["weightsManifest"][0].update(paths=[]),
    "no manifest": lambda m: m.pop("weightsManifest"),
    "a text for a manifest": lambda m: m.update(weightsManifest="w.bin"),
    "a huge weight": lambda m: weights(m)[0].update(shape=[2**40, 2**40]),
    "a negative size": lambda m: weights(m)[0].update(shape=[-4, -2]),
    "true for a size": lambda m: weights(m)[0].update(shape=[8, True]),
    "many axes": lambda m: weights(m)[0].update(shape=[1] * 70 + [8]),
    "another shape": lambda m: weights(m)[0].update(shape=[2, 4]),
    "an unknown dtype": lambda m: weights(m)[0].update(dtype="float64"),
    "text weights": lambda m: weights(m)[0].update(dtype="string"),
    "an unknown quantization": lambda m: weights(m)[0].update(quantization={"dtype": "int4", "scale": 1, "min": 0}),
    "a list for a quantization": lambda m: weights(m)[0].update(quantization=[{"dtype": []}]),
    "a weight twice": lambda m: weights(m)[0].update(name="dense/bias"),
    "a weight of nobody": lambda m: weights(m)[0].update(name="other/kernel"),
    "a weight too many": lambda m: weights(m).append({"name": "x/y", "shape": [0], "dtype": "float32"}),
    "an unknown layer": lambda m: layers(m)[1].update(class_name="Lambda"),
    "a class of Python": lambda m: layers(m)[1].update(class_name="__class__"),
    "an unknown option": lambda m: layers(m)[1]["config"].update(evil=1),
    "a prototype": lambda m: layers(m)[1]["config"].update({"__proto__": {"units": 1}}),
    "a constructor": lambda m: m.update(constructor={"prototype": 1}),
    "an unknown initializer": lambda m: layers(m)[1]["config"].update(kernel_initializer={"class_name": "os.system"}),
    "an unknown activation": lambda m: layers(m)[1]["config"].update(activation="eval"),
    "an activation of a list": lambda m: layers(m)[1]["config"].update(activation=[1]),
    "a text for units": lambda m: layers(m)[1]["config"].update(units="many"),
    "huge units of a dense layer": lambda m: layers(m)[1]["config"].update(units=10**15),
    "huge units of a projection": lambda m: layers(m)[0]["config"].update(units=2**45),
    "huge rounds of a projection": lambda m: layers(m)[0]["config"].update(rounds=2**45),
    "a huge input": lambda m: layers(m)[0]["config"].update(batch_input_shape=[None, 2**50]),
    "no shape of the input": lambda m: layers(m)[0]["config"].pop("batch_input_shape"),
    "a text for the shape": lambda m: layers(m)[0]["config"].update(batch_input_shape="4"),
    "a name with a slash": lambda m: layers(m)[1]["config"].update(name="a/b"),
    "a number for a name": lambda m: layers(m)[1]["config"].update(name=3),
    "a name twice": lambda m: layers(m)[1]["config"].update(name="proj"),
    "another dtype of a layer": lambda m: layers(m)[1]["config"].update(dtype="float64"),
    "no config": lambda m: layers(m)[1].pop("config"),
    "no layers": lambda m: m["modelTopology"]["config"].update(layers=[]),
    "more layers than anybody needs": lambda m: m["modelTopology"]["config"].update(layers=layers(m) * 10_000),
    "a number for layers": lambda m: m["modelTopology"]["config"].update(layers=5),
    "a deep option": lambda m: layers(m)[1]["config"].update(units=nested(70)),
    "models called twice in models": lambda m: m.update(modelTopology=doubled(14), weightsManifest=[]),
    "a circle": lambda m: m.update(modelTopology={"class_name": "Model", "config": {
        "name": "m", "input_layers": [["a", 0, 0]], "output_layers": [["a", 0, 0]], "layers": [
            {"class_name": "Activation", "config": {"name": "a", "activation": "relu"}, "inbound_nodes": [[["a", 0, 0]]]}
        ]}}),
    "a graph model": lambda m: m.update(format="graph-model"),
    "no topology": lambda m: m.pop("modelTopology"),
}  # fmt: skip


TEXTS = {
    "nothing": b"",
    "no JSON": b"{",
    "no text": b"\xff\xfe",
    "a deep list": b"[" * 200_000,
    "a deep object": b'{"a":' * 200_000,
    "deep and sound": b"[" * 500 + b"]" * 500,
    "a long number": b'{"modelTopology": ' + b"1" * 10_000 + b"}",
    "a NaN": b'{"modelTopology": NaN}',
    "a list": b"[]",
}
