package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"

	"cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
)

// The REST API is not written down here: Google's protocol says beside each method at which paths it is,
// and what of the request goes where (google/api/http.proto). This reads that, and calls the method.
type rest struct {
	manager *secretManager
	guard   grpc.UnaryServerInterceptor
	routes  []route
}

type route struct {
	verb string
	path *regexp.Regexp
	// The field of the request that each group of the path is for, such as `secret.name`.
	fields []string
	// The field that the body is for; `*` when it is the request itself.
	body   string
	method grpc.MethodDesc
}

func newRest(manager *secretManager, guard grpc.UnaryServerInterceptor) *rest {
	methods := map[string]grpc.MethodDesc{}
	for _, method := range secretmanagerpb.SecretManagerService_ServiceDesc.Methods {
		methods[method.MethodName] = method
	}
	api := &rest{manager: manager, guard: guard}
	service := secretmanagerpb.File_google_cloud_secretmanager_v1_service_proto.Services().ByName("SecretManagerService")
	for i := range service.Methods().Len() {
		described := service.Methods().Get(i)
		for _, rule := range httpRules(described) {
			api.routes = append(api.routes, newRoute(rule, methods[string(described.Name())]))
		}
	}
	return api
}

func httpRules(method protoreflect.MethodDescriptor) []*annotations.HttpRule {
	options := method.Options().(*descriptorpb.MethodOptions)
	rule := proto.GetExtension(options, annotations.E_Http).(*annotations.HttpRule)
	return append([]*annotations.HttpRule{rule}, rule.GetAdditionalBindings()...)
}

// `{name=projects/*/secrets/*}`
var pathVariable = regexp.MustCompile(`\{([^=}]+)=([^}]+)\}`)

func newRoute(rule *annotations.HttpRule, method grpc.MethodDesc) route {
	verb, template := verbAndPath(rule)
	made := route{verb: verb, body: rule.GetBody(), method: method}
	pattern := pathVariable.ReplaceAllStringFunc(template, func(variable string) string {
		parts := pathVariable.FindStringSubmatch(variable)
		made.fields = append(made.fields, parts[1])
		// No colon, because what stands behind one is the verb of the path.
		return "(" + strings.ReplaceAll(parts[2], "*", "[^/:]+") + ")"
	})
	made.path = regexp.MustCompile("^" + pattern + "$")
	return made
}

func verbAndPath(rule *annotations.HttpRule) (verb, path string) {
	switch pattern := rule.GetPattern().(type) {
	case *annotations.HttpRule_Get:
		return http.MethodGet, pattern.Get
	case *annotations.HttpRule_Post:
		return http.MethodPost, pattern.Post
	case *annotations.HttpRule_Patch:
		return http.MethodPatch, pattern.Patch
	case *annotations.HttpRule_Delete:
		return http.MethodDelete, pattern.Delete
	}
	panic(fmt.Sprintf("a method of Secret Manager has a path of an unknown kind: %v", rule))
}

func (api *rest) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for _, route := range api.routes {
		if values := route.path.FindStringSubmatch(r.URL.Path); values != nil && route.verb == r.Method {
			api.call(w, r, route, values[1:])
			return
		}
	}
	writeError(w, status.Error(codes.NotFound, "Method not found."))
}

func (api *rest) call(w http.ResponseWriter, r *http.Request, route route, values []string) {
	ctx := metadata.NewIncomingContext(r.Context(),
		metadata.Pairs("authorization", r.Header.Get("Authorization")))
	read := func(request any) error { return route.read(r, values, request.(proto.Message)) }
	response, err := route.method.Handler(api.manager, ctx, read, api.guard)
	if err == errGarbage {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<html>Welcome to the proxy of this hotel</html>")
		return
	}
	if err != nil {
		writeError(w, err)
		return
	}
	// Google's own clients ask for the numbers of enumerations rather than their names.
	numbers := strings.Contains(r.URL.Query().Get("$alt"), "enum-encoding=int")
	written, err := protojson.MarshalOptions{UseEnumNumbers: numbers}.Marshal(response.(proto.Message))
	if err != nil {
		writeError(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	_, _ = w.Write(written)
}

// Fills in the request from the body, the query and the path, in the form that protojson reads.
func (route route) read(r *http.Request, values []string, request proto.Message) error {
	fields := map[string]any{}
	if route.body != "" {
		body := map[string]any{}
		decoder := json.NewDecoder(r.Body)
		decoder.UseNumber() // checksums have more digits than a float keeps
		if err := decoder.Decode(&body); err != nil && err != io.EOF {
			return status.Errorf(codes.InvalidArgument, "Invalid JSON payload received. %v", err)
		}
		if route.body == "*" {
			fields = body
		} else {
			fields[route.body] = body
		}
	}
	for key, given := range r.URL.Query() {
		// Parameters of the transport, such as `$alt` and `key`, are none of the method.
		if !strings.HasPrefix(key, "$") && key != "alt" && key != "key" && key != "prettyPrint" {
			set(fields, key, given[0])
		}
	}
	for i, path := range route.fields {
		set(fields, path, values[i])
	}
	joined, err := json.Marshal(fields)
	if err != nil {
		return status.Error(codes.Internal, err.Error())
	}
	if err := protojson.Unmarshal(joined, request); err != nil {
		return status.Errorf(codes.InvalidArgument, "Invalid JSON payload received. %v", err)
	}
	return nil
}

// Sets what a path such as `secret.name` leads to.
func set(fields map[string]any, path, value string) {
	first, rest, nested := strings.Cut(path, ".")
	if !nested {
		fields[first] = value
		return
	}
	inner, ok := fields[first].(map[string]any)
	if !ok {
		inner = map[string]any{}
		fields[first] = inner
	}
	set(inner, rest, value)
}

// https://cloud.google.com/apis/design/errors#http_mapping
func writeError(w http.ResponseWriter, err error) {
	failure := status.Convert(err)
	httpStatus, known := httpStatuses[failure.Code()]
	if !known {
		httpStatus = http.StatusInternalServerError
	}
	details := []json.RawMessage{}
	for _, detail := range failure.Proto().GetDetails() {
		if written, err := protojson.Marshal(detail); err == nil {
			details = append(details, written)
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(httpStatus)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{
		"code":    httpStatus,
		"message": failure.Message(),
		"status":  code.Code(failure.Code()).String(),
		"details": details,
	}})
}

var httpStatuses = map[codes.Code]int{
	codes.InvalidArgument:    http.StatusBadRequest,
	codes.FailedPrecondition: http.StatusBadRequest,
	codes.Unauthenticated:    http.StatusUnauthorized,
	codes.PermissionDenied:   http.StatusForbidden,
	codes.NotFound:           http.StatusNotFound,
	codes.AlreadyExists:      http.StatusConflict,
	codes.ResourceExhausted:  http.StatusTooManyRequests,
	codes.Unimplemented:      http.StatusNotImplemented,
	codes.Unavailable:        http.StatusServiceUnavailable,
	codes.DeadlineExceeded:   http.StatusGatewayTimeout,
}
