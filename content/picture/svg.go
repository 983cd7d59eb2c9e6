package picture

import "bytes"

func looksLikeSVG(data []byte) bool {
	return bytes.Contains(data[:min(len(data), 4096)], []byte("<svg"))
}
func decodeSVG(data []byte) (*Picture, error) {
	return nil, refuse(accepted, "is an SVG")
}
