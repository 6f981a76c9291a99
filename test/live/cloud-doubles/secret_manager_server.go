package main

import (
	"context"
	"net/http"
	"strings"

	"cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// Answers Secret Manager over gRPC and REST, told apart as Google does it, by the type of the content.
func newSecretManager(faults *faults) http.Handler {
	manager := &secretManager{secrets: map[string]*managedSecret{}}
	guard := guard(faults)
	rpc := grpc.NewServer(grpc.UnaryInterceptor(guard))
	secretmanagerpb.RegisterSecretManagerServiceServer(rpc, manager)
	rest := newRest(manager, guard)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor == 2 && strings.HasPrefix(r.Header.Get("Content-Type"), "application/grpc") {
			rpc.ServeHTTP(w, r)
		} else {
			rest.ServeHTTP(w, r)
		}
	})
}

// What stands before every method: who asks, and which fault was ordered.
func guard(faults *faults) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, request any, _ *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
		if err := refuse(ctx); err != nil {
			return nil, err
		}
		fault := faults.next(googleSecretManager)
		if fault == nil {
			return next(ctx, request)
		}
		switch fault.Kind {
		case throttled:
			return nil, explain(codes.ResourceExhausted,
				"Quota exceeded for quota metric 'Access requests' and limit 'Access requests per minute' of service 'secretmanager.googleapis.com'.",
				"RATE_LIMIT_EXCEEDED", "googleapis.com")
		case unavailable:
			return nil, status.Error(codes.Unavailable, "The service is currently unavailable.")
		case hanging:
			<-ctx.Done()
			return nil, status.FromContextError(ctx.Err()).Err()
		case garbage:
			return nil, errGarbage
		case corrupt:
			response, err := next(ctx, request)
			return flipChecksum(response), err
		default:
			return nil, status.Errorf(codes.Internal, "ordered: %s", fault.Kind)
		}
	}
}

// REST answers this with something unreadable. gRPC has its own framing, so there it is just an error.
var errGarbage = status.Error(codes.Unknown, "garbage")

func refuse(ctx context.Context) error {
	authorization := metadata.ValueFromIncomingContext(ctx, "authorization")
	bearer := readBearer(strings.Join(authorization, ""))
	switch {
	case bearer.missing:
		return explain(codes.Unauthenticated,
			"Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.",
			"CREDENTIALS_MISSING", "googleapis.com")
	case bearer.wrong:
		return explain(codes.Unauthenticated,
			"Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.",
			"ACCESS_TOKEN_TYPE_UNSUPPORTED", "googleapis.com")
	}
	return nil
}

func flipChecksum(response any) any {
	if access, ok := response.(*secretmanagerpb.AccessSecretVersionResponse); ok && access != nil {
		access.Payload.DataCrc32C = proto.Int64(access.Payload.GetDataCrc32C() ^ 1)
	}
	return response
}

// Answers an error with the details that Google adds to it.
func explain(code codes.Code, message, reason, domain string) error {
	explained, err := status.New(code, message).WithDetails(&errdetails.ErrorInfo{Reason: reason, Domain: domain})
	if err != nil {
		return status.Error(code, message)
	}
	return explained.Err()
}
